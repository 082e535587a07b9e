package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.ServedCollections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An article's hits and visitors by the revision that was read. */
@Component
public class RevisionHits {

    private static final String FIELD = DayBreakdown.FIELD + "." + ReadingDimension.REVISION.field();

    private final ServedCollections collections;

    public RevisionHits(ServedCollections collections) {
        this.collections = collections;
    }

    /**
     * What was read of a revision.
     *
     * @param visitors the sum of each day's unique visitors, days in UTC
     */
    public record Readings(long hits, long visitors) {

        private static Readings of(KeyHits day) {
            return new Readings(day.hits().all(), day.visitors());
        }

        private Readings and(Readings other) {
            return new Readings(hits + other.hits, visitors + other.visitors);
        }
    }

    /**
     * By the number of the revision; by null what was read of those that were not among the twenty most read ones of a day.
     * Empty where the article was never read.
     */
    public Mono<Map<@Nullable Long, Readings>> find(String articleId) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(eq(ArticleDays.ARTICLE_ID, articleId)).projection(include(FIELD)))
                .map(DayBreakdown::of)
                .map(day -> day.by(ReadingDimension.REVISION))
                .collect(HashMap<@Nullable Long, Readings>::new, RevisionHits::add)
                .map(all -> all);
    }

    private static void add(Map<@Nullable Long, Readings> all, List<KeyHits> day) {
        for (KeyHits one : day) {
            String key = one.key();
            all.merge(key == null ? null : Long.valueOf(key), Readings.of(one), Readings::and);
        }
    }
}
