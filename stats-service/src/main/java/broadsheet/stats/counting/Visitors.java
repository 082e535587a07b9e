package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static java.util.Objects.requireNonNull;

import broadsheet.stats.visitor.VisitorSketch;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The distinct visitors in a document: exact while they are few (to 1,024 with precision 13, to 512 with 12), with a
 * standard error of 0.9 % (1.2 %) beyond.
 */
final class Visitors {

    static final String SKETCH = "sketch";

    private final VisitorSketch sketch;

    private Visitors(VisitorSketch sketch) {
        this.sketch = sketch;
    }

    static Visitors of(Document stored, int precision) {
        var sketch = new VisitorSketch(precision);
        Binary bytes = stored.get(SKETCH, Binary.class);
        if (bytes != null) {
            sketch.addAll(bytes.getData());
        }
        return new Visitors(sketch);
    }

    Visitors with(List<Decided> records) {
        records.forEach(record -> sketch.add(requireNonNull(record.view()).visitorKey()));
        return this;
    }

    Bson change() {
        return combine(set(SKETCH, new Binary(sketch.toBytes())), set("visitors", sketch.count()));
    }
}
