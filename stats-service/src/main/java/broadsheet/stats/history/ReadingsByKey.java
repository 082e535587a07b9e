package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.ServedCollections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was read of an article in all its days by the keys of a dimension, such as its revisions or the alerts that led to it. */
@Component
public class ReadingsByKey {

    private final ServedCollections collections;

    public ReadingsByKey(ServedCollections collections) {
        this.collections = collections;
    }

    /**
     * What was read with a key.
     *
     * @param visitors the sum of each day's unique visitors, days in UTC
     */
    public record Readings(long hits, long visitors) {

        public static final Readings NONE = new Readings(0, 0);

        private static Readings of(KeyHits day) {
            return new Readings(day.hits().all(), day.visitors());
        }

        private Readings and(Readings other) {
            return new Readings(hits + other.hits, visitors + other.visitors);
        }
    }

    /**
     * By key; by null what was read with those that were not among the {@value DayBreakdown#MAX_KEYS} of a day. Empty where
     * the article was never read with any.
     */
    public Mono<Map<@Nullable String, Readings>> find(String articleId, ReadingDimension dimension) {
        String field = DayBreakdown.field(dimension);
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(eq(ArticleDays.ARTICLE_ID, articleId), exists(field)))
                                .projection(include(field)))
                .flatMapIterable(day -> DayBreakdown.of(day).by(dimension))
                .collect(
                        HashMap<@Nullable String, Readings>::new,
                        (all, one) -> all.merge(one.key(), Readings.of(one), Readings::and))
                .map(all -> all);
    }
}
