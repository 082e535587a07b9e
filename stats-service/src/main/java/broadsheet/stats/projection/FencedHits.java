package broadsheet.stats.projection;

import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hits that one or several documents have counted, and up to which places.
 *
 * @param fences by partition, the last record that any of the documents has counted
 */
public record FencedHits(long hits, Map<String, Place> fences) {

    private static final String HITS = "hits";

    /** The fields of a document that {@link #sum} needs. */
    public static final Bson FIELDS = include(HITS, Fences.FIELD);

    public static Mono<FencedHits> sum(Flux<Document> documents) {
        return documents
                .map(document -> new FencedHits(document.getLong(HITS), Fences.of(document)))
                .reduce(new FencedHits(0, Map.of()), FencedHits::and);
    }

    private FencedHits and(FencedHits other) {
        var later = new HashMap<>(fences);
        other.fences.forEach(
                (partition, place) -> later.merge(partition, place, (one, two) -> one.compareTo(two) >= 0 ? one : two));
        return new FencedHits(hits + other.hits, later);
    }

    /** Whether no record from these positions on is counted. */
    public boolean isBefore(Map<String, PartitionPosition> positions) {
        return fences.entrySet().stream().allMatch(fence -> {
            PartitionPosition position = positions.get(fence.getKey());
            return position != null && position.isBehind(fence.getValue());
        });
    }
}
