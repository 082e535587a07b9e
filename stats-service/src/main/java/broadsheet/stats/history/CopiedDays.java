package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.lt;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.CopiedDocuments;
import broadsheet.stats.projection.FencedSum;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Copies the days of all articles before some day from one generation to another. */
@Component
public class CopiedDays {

    private static final List<Classification> OTHERS =
            List.of(Classification.LATE, Classification.BOT, Classification.AUTOMATED, Classification.DOUBLE_CLICK);

    private final CopiedDocuments documents;

    CopiedDays(CopiedDocuments documents) {
        this.documents = documents;
    }

    /**
     * A day that was copied.
     *
     * @param counts views by what they are, but for duplicates and what is invalid
     * @param counted its hits, and up to which places
     */
    public record CopiedDay(String id, String articleId, Map<Classification, Long> counts, FencedSum counted) {

        static CopiedDay of(Document day) {
            Map<Classification, Long> counts = new EnumMap<>(Classification.class);
            OTHERS.forEach(other -> counts.put(other, day.get(other.column(), 0L)));
            long hits = day.getLong(ArticleDays.HITS);
            counts.put(Classification.COUNTED, hits - counts.getOrDefault(Classification.LATE, 0L));
            return new CopiedDay(
                    day.getString("_id"), day.getString(ArticleDays.ARTICLE_ID), counts, FencedSum.of(hits, day));
        }

        public long count(Classification classification) {
            return counts.getOrDefault(classification, 0L);
        }
    }

    /** Those next in the order of their ids, which is that of their articles. */
    public Mono<List<CopiedDay>> copy(int from, int to, Instant before, String after, int limit) {
        return documents
                .copy(ArticleDays.COLLECTION, from, to, lt(ArticleDays.START, Date.from(before)), after, limit)
                .map(days -> days.stream().map(CopiedDay::of).toList());
    }

    /**
     * A day of all articles together that was copied.
     *
     * @param counted up to which places
     */
    public record CopiedSiteDay(String id, FencedSum counted) {}

    /** Those next in the order of their ids. */
    public Mono<List<CopiedSiteDay>> copySite(int from, int to, Instant before, String after, int limit) {
        return documents
                .copy(SiteDays.COLLECTION, from, to, lt(SiteDays.START, Date.from(before)), after, limit)
                .map(days -> days.stream()
                        .map(day -> new CopiedSiteDay(day.getString("_id"), FencedSum.of(0, day)))
                        .toList());
    }
}
