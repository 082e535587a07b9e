package broadsheet.article.hits;

import broadsheet.events.ArticleHits;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The newest total of each article, in memory (some 100 bytes an article), read from the compacted topic at each start. */
@Component
public class Hits {

    private static final Total NONE = new Total(0L, null);
    private static final Total UNKNOWN = new Total(null, null);

    private final Map<String, Total> totals = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /** The total of an article; unknown until the topic has been read to where it ended at the start. */
    public Total of(String articleId) {
        Total total = totals.get(articleId);
        if (total != null) {
            return total;
        }
        return complete ? NONE : UNKNOWN;
    }

    /** A total as of an earlier moment than the known one changes nothing. */
    void keepNewest(ArticleHits total) {
        totals.merge(
                total.articleId(),
                new Total(total.hits(), total.asOf()),
                (known, newer) -> known.isAfter(newer) ? known : newer);
    }

    void complete() {
        complete = true;
    }

    /**
     * Hits as of a moment.
     *
     * @param hits null while unknown
     */
    public record Total(@Nullable Long hits, @Nullable Instant asOf) {

        private boolean isAfter(Total other) {
            return asOf != null && other.asOf != null && asOf.isAfter(other.asOf);
        }
    }
}
