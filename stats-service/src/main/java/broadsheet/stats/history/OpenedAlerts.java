package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.ServedCollections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the links of alerts led to. */
@Component
public class OpenedAlerts {

    private static final String FIELD = DayBreakdown.FIELD + "." + ReadingDimension.ALERT.field();

    private final ServedCollections collections;

    public OpenedAlerts(ServedCollections collections) {
        this.collections = collections;
    }

    /**
     * By the alert's id.
     *
     * @param hits of the article, by whoever came from the alert
     * @param readers the distinct visitors of each day, added up
     */
    public record Opened(long hits, long readers) {

        public static final Opened NEVER = new Opened(0, 0);

        private static Opened of(KeyHits key) {
            return new Opened(key.hits().all(), key.visitors());
        }

        private Opened and(Opened other) {
            return new Opened(hits + other.hits, readers + other.readers);
        }
    }

    /** Of an article, as far as its alerts were among the twenty that led most readers to it on a day. */
    public Mono<Map<String, Opened>> of(String articleId) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(eq(ArticleDays.ARTICLE_ID, articleId), exists(FIELD)))
                                .projection(include(ArticleDays.ARTICLE_ID, ArticleDays.START, FIELD)))
                .map(ArticleDay::of)
                .flatMapIterable(day -> day.by(ReadingDimension.ALERT))
                .collect(HashMap::new, (sums, key) -> {
                    if (key.key() != null) {
                        sums.merge(key.key(), Opened.of(key), Opened::and);
                    }
                });
    }
}
