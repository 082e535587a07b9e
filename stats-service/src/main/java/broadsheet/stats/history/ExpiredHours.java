package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.max;

import broadsheet.stats.generation.Generations;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Date;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code stats_expired}: before which day in UTC no hours are kept, in any generation. What a late view still adds there
 * nobody reads, and it is deleted the next time; its total, its day and the ledger count it.
 */
@Component
public class ExpiredHours implements CollectionOwner {

    private static final String COLLECTION = "stats_expired";
    private static final String HOURS = "hours";
    private static final String BEFORE = "before";

    private final StatsCollections collections;
    private final Generations generations;
    private final ArticleHours hours;

    ExpiredHours(StatsCollections collections, Generations generations, ArticleHours hours) {
        this.collections = collections;
        this.generations = generations;
        this.hours = hours;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /** The start of a day in UTC; the hours before it live on in their days alone. */
    public Mono<Instant> before() {
        return collections
                .read(COLLECTION, expired -> expired.find(eq("_id", HOURS)))
                .next()
                .map(stored -> stored.getDate(BEFORE).toInstant())
                .defaultIfEmpty(Instant.EPOCH);
    }

    /** Deletes the hours before this day, once that is noted: readers go by the note. */
    Mono<Void> expireBefore(Instant day) {
        return collections
                .named(COLLECTION)
                .flatMap(expired -> Mono.from(expired.updateOne(
                        eq("_id", HOURS), max(BEFORE, Date.from(day)), new UpdateOptions().upsert(true))))
                .thenMany(generations.counted())
                .filter(generation -> generation.projections().contains(ArticleHours.COLLECTION))
                .concatMap(generation -> hours.deleteBefore(day, generation.number()))
                .then();
    }
}
