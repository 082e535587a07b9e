package broadsheet.stats.ranking;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.TestArticleDays;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;

/** Hits of articles in the documents that rankings are made of. */
final class StoredHits {

    private final StoredDocuments store;
    private final Map<String, Document> totals = new HashMap<>();
    private final Map<String, Document> days = new HashMap<>();

    StoredHits(StoredDocuments store) {
        this.store = store;
    }

    void createIndexes() {
        store.createIndexes(
                ArticleDays.COLLECTION, TestArticleDays.of(store.served()).indexes());
    }

    /** Gives the minute that they are counted in. */
    Instant add(String articleId, Instant at, long hits) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        add(totals.computeIfAbsent(articleId, id -> new Document("_id", id)), hits);
        Document day = bucket(days, articleId, minute.truncatedTo(ChronoUnit.DAYS));
        add(day, hits);
        String minuteOfDay = String.valueOf(minute.getEpochSecond() / 60 % 1_440);
        Document minutes = (Document) day.computeIfAbsent("minutes", none -> new Document());
        minutes.merge(minuteOfDay, hits, (one, more) -> (Long) one + (Long) more);
        return minute;
    }

    private static Document bucket(Map<String, Document> buckets, String articleId, Instant start) {
        return buckets.computeIfAbsent(
                articleId + "@" + start.toString().substring(0, 10),
                id -> new Document("_id", id).append("articleId", articleId).append("start", Date.from(start)));
    }

    private static void add(Document document, long hits) {
        document.merge("hits", hits, (one, more) -> (Long) one + (Long) more);
    }

    void store() {
        store.insertAll(ArticleTotals.COLLECTION, totals.values());
        store.insertAll(ArticleDays.COLLECTION, days.values());
    }
}
