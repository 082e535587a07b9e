package broadsheet.stats.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.CopiedDocuments;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.Fences;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Copies the hours of the ledger before some hour from one generation to another. */
@Component
public class CopiedHours {

    private final CopiedDocuments documents;
    private final ServedCollections collections;

    CopiedHours(CopiedDocuments documents, ServedCollections collections) {
        this.documents = documents;
        this.collections = collections;
    }

    /** An hour that was copied: its records, and up to which places. */
    public record CopiedHour(Document stored, FencedSum counted) {

        public String id() {
            return stored.getString("_id");
        }

        public long count(Classification classification) {
            return stored.get(classification.column(), 0L);
        }
    }

    /** Those next in order. */
    public Mono<List<CopiedHour>> copy(int from, int to, Instant before, String after, int limit) {
        return documents
                .copy(LedgerHours.COLLECTION, from, to, lt(LedgerHours.START, Date.from(before)), after, limit)
                .map(hours -> hours.stream()
                        .map(hour -> new CopiedHour(hour, FencedSum.of(hour.get(LedgerHours.RECEIVED, 0L), hour)))
                        .toList());
    }

    /** Begins an hour with these counts, unless something was counted in it. */
    public Mono<Void> begin(int generation, Instant hour, Map<Classification, Long> counts) {
        List<Bson> begun = new ArrayList<>();
        begun.add(set(LedgerHours.START, Date.from(hour)));
        begun.add(set(
                LedgerHours.RECEIVED,
                counts.values().stream().mapToLong(Long::longValue).sum()));
        counts.forEach((classification, count) -> begun.add(set(classification.column(), count)));
        return collections
                .named(LedgerHours.COLLECTION, generation)
                .flatMap(hours -> Mono.from(hours.updateOne(
                        and(eq("_id", hour.toString()), Fences.areAsRead(new Document())),
                        combine(begun),
                        new UpdateOptions().upsert(true))))
                .onErrorComplete(DuplicateKeys::areWhy)
                .then();
    }
}
