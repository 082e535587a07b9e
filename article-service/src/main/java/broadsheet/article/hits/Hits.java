package broadsheet.article.hits;

import broadsheet.events.ArticleHits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest total of each article, in memory (some 100 bytes an article), read from the compacted topic at each start.
 * Newest is what comes later in the log, but for a lower total of the same generation that was overtaken on its way.
 */
@Component
public class Hits {

    /** A total comes within this time after it was read; stats-service sends it again only after it. */
    static final Duration LONGEST_WAY = Duration.ofMinutes(2);

    private static final Total NONE = new Total(0L, null);
    private static final Total UNKNOWN = new Total(null, null);

    private Map<String, ArticleHits> read = new ConcurrentHashMap<>();
    private volatile Map<String, ArticleHits> shown = read;
    private volatile boolean complete;

    /** The total of an article; unknown until the topic has been read to where it ended at the start. */
    public Total of(String articleId) {
        ArticleHits total = shown.get(articleId);
        if (total != null) {
            return new Total(total.hits(), total.asOf());
        }
        return complete ? NONE : UNKNOWN;
    }

    /** The topic is read from its beginning; what it said before is shown until then. */
    void beginAnew() {
        read = new ConcurrentHashMap<>();
        if (!complete) {
            shown = read;
        }
    }

    /** In the order of the log: a total replaces the one before, unless it is an older one. */
    void keepNewest(ArticleHits total) {
        read.merge(total.articleId(), total, (known, later) -> isOlder(later, known) ? known : later);
    }

    /** Of an earlier generation, or lower in the same one: another instance of stats-service read it before. */
    private static boolean isOlder(ArticleHits later, ArticleHits known) {
        if (!later.generation().equals(known.generation())) {
            return later.generation() < known.generation();
        }
        return later.hits() < known.hits() && later.asOf().isBefore(known.asOf().plus(LONGEST_WAY));
    }

    /** Of an article whose numbers are erased nothing is known any more. */
    void erase(String articleId) {
        read.remove(articleId);
    }

    void complete() {
        shown = read;
        complete = true;
    }

    /**
     * Hits as of a moment.
     *
     * @param hits null while unknown
     */
    public record Total(@Nullable Long hits, @Nullable Instant asOf) {}
}
