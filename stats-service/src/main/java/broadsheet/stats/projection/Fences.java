package broadsheet.stats.projection;

import broadsheet.stats.position.Place;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;

/** The places up to which a document has counted, by partition. */
final class Fences {

    static final String FIELD = "fence";

    private Fences() {}

    static Map<String, Place> of(Document document) {
        var fences = new HashMap<String, Place>();
        document.get(FIELD, new Document())
                .forEach((partition, fence) -> fences.put(partition, new Place(-1, ((Number) fence).longValue())));
        return fences;
    }
}
