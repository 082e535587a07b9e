package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.Fences;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps days in less detail once they are old: minutes become quarters of an hour, and later sketches numbers.
 * A day that is counted meanwhile, or that another instance was faster with, is left to the next time.
 */
@Component
public class DayCompaction {

    private static final int DAYS_AT_ONCE = 200;
    private static final long MINUTES_A_QUARTER = 15;

    private final ServedCollections collections;
    private final HistoryProperties kept;
    private final InstantSource clock;

    public DayCompaction(ServedCollections collections, HistoryProperties kept, InstantSource clock) {
        this.collections = collections;
        this.kept = kept;
        this.clock = clock;
    }

    /** Compacts the days of a generation that are due. */
    public Mono<Void> compact(int generation) {
        return collections
                .named(ArticleDays.COLLECTION, generation)
                .flatMap(days -> compactSome(days)
                        .expand(count -> count == DAYS_AT_ONCE ? compactSome(days) : Mono.empty())
                        .then());
    }

    /** How many were due. */
    private Mono<Integer> compactSome(MongoCollection<Document> days) {
        Instant now = clock.instant();
        return Flux.from(days.find(lte(ArticleDays.DUE, Date.from(now)))
                        .sort(ascending(ArticleDays.DUE))
                        .limit(DAYS_AT_ONCE))
                .map(day -> compacted(day, now))
                .collectList()
                .filter(writes -> !writes.isEmpty())
                .flatMap(writes -> Mono.from(days.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                        .thenReturn(writes.size()))
                .defaultIfEmpty(0);
    }

    private UpdateOneModel<Document> compacted(Document day, Instant now) {
        List<Bson> changes = new ArrayList<>();
        Map<Long, Long> quarters = quarters(day);
        changes.add(unset(TimeOfDay.MINUTE.field()));
        Instant numbersOnly = day.getDate(ArticleDays.START)
                .toInstant()
                .plus(Duration.ofDays(1))
                .plus(kept.sketchesKept());
        if (now.isBefore(numbersOnly)) {
            changes.add(set(TimeOfDay.QUARTER.field(), TimeOfDay.document(quarters)));
            changes.add(set(ArticleDays.DUE, Date.from(numbersOnly)));
        } else {
            changes.add(set(TimeOfDay.QUARTER.field(), TimeOfDay.QUARTER.packed(quarters)));
            changes.add(DayVisitors.of(day).merge());
            changes.add(set(DayBreakdown.FIELD, DayBreakdown.of(day).toMergedDocument()));
            changes.add(unset(ArticleDays.DUE));
        }
        return new UpdateOneModel<>(
                and(eq("_id", day.get("_id")), eq(ArticleDays.DUE, day.get(ArticleDays.DUE)), Fences.areAsRead(day)),
                combine(changes));
    }

    private static Map<Long, Long> quarters(Document day) {
        Map<Long, Long> quarters = new TreeMap<>(TimeOfDay.QUARTER.hits(day));
        TimeOfDay.MINUTE
                .hits(day)
                .forEach((minute, hits) -> quarters.merge(minute / MINUTES_A_QUARTER, hits, Long::sum));
        return quarters;
    }
}
