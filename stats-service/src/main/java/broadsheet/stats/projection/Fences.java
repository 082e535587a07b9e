package broadsheet.stats.projection;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import broadsheet.stats.position.Place;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The places up to which a document has counted, by partition. */
public final class Fences {

    public static final String FIELD = "fence";
    private static final String EPOCH = "epoch";
    private static final String OFFSET = "offset";

    private Fences() {}

    /** Holds while a document has counted no more than when it was read. */
    public static Bson areAsRead(Document document) {
        Object fences = document.get(FIELD);
        return fences == null ? exists(FIELD, false) : eq(FIELD, fences);
    }

    public static Map<String, Place> of(Document document) {
        var fences = new HashMap<String, Place>();
        document.get(FIELD, new Document()).forEach((partition, fence) -> fences.put(partition, place(fence)));
        return fences;
    }

    /** The later place of each partition that either document has counted. */
    static Document later(Document one, Document other) {
        var later = of(one);
        of(other).forEach((partition, place) -> later.merge(partition, place, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        var fences = new Document();
        later.forEach((partition, place) -> fences.append(partition, at(place)));
        return fences;
    }

    /** Earlier versions stored the offset alone. */
    static Place place(Object fence) {
        return fence instanceof Document place
                ? new Place(place.getInteger(EPOCH), place.getLong(OFFSET))
                : new Place(Place.NO_EPOCH, ((Number) fence).longValue());
    }

    static Document at(Place place) {
        return new Document(EPOCH, place.epoch()).append(OFFSET, place.offset());
    }
}
