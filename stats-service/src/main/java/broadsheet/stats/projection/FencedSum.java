package broadsheet.stats.projection;

import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.position.Place;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What one or several documents have counted, such as hits, and up to which places.
 *
 * @param fences by partition, the last record that any of the documents has counted
 */
public record FencedSum(long sum, Map<String, Place> fences) {

    public static final FencedSum NOTHING = new FencedSum(0, Map.of());

    /** The fields of a document that {@link #of} needs. */
    public static Bson fields(String column) {
        return include(column, Fences.FIELD);
    }

    /** What a document has counted. */
    public static FencedSum of(long sum, Document document) {
        return new FencedSum(sum, Fences.of(document));
    }

    public static Mono<FencedSum> of(String column, Flux<Document> documents) {
        return documents.map(document -> of(document.getLong(column), document)).reduce(NOTHING, FencedSum::and);
    }

    public FencedSum and(FencedSum other) {
        var later = new HashMap<>(fences);
        other.fences.forEach(
                (partition, place) -> later.merge(partition, place, (one, two) -> one.compareTo(two) >= 0 ? one : two));
        return new FencedSum(sum + other.sum, later);
    }
}
