package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The distinct visitors in a document, as a HyperLogLog sketch: exact while they are few (to 1,536 with lgK 14, to 384
 * with lgK 12), with a standard error of 0.8 % (1.6 %) beyond.
 */
final class Visitors {

    static final String SKETCH = "sketch";

    private final HllSketch sketch;

    private Visitors(HllSketch sketch) {
        this.sketch = sketch;
    }

    static Visitors of(Document stored, int lgK) {
        Binary bytes = stored.get(SKETCH, Binary.class);
        return new Visitors(bytes == null ? new HllSketch(lgK, TgtHllType.HLL_4) : HllSketch.heapify(bytes.getData()));
    }

    Visitors with(List<Decided> records) {
        records.forEach(record -> sketch.update(requireNonNull(record.view()).visitorKey()));
        return this;
    }

    Bson change() {
        return combine(
                set(SKETCH, new Binary(sketch.toCompactByteArray())),
                set("visitors", Math.round(sketch.getEstimate())));
    }
}
