package broadsheet.stats.ranking;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
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
    private final Map<String, Document> hours = new HashMap<>();

    StoredHits(StoredDocuments store) {
        this.store = store;
    }

    void createIndexes() {
        var served = store.served();
        store.createIndexes(ArticleDays.COLLECTION, new ArticleDays(served).indexes());
        store.createIndexes(ArticleHours.COLLECTION, new ArticleHours(served).indexes());
    }

    /** Gives the minute that they are counted in. */
    Instant add(String articleId, Instant at, long hits) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        add(totals.computeIfAbsent(articleId, id -> new Document("_id", id)), hits);
        add(bucket(days, articleId, minute.truncatedTo(ChronoUnit.DAYS)), hits);
        Document hour = bucket(hours, articleId, minute.truncatedTo(ChronoUnit.HOURS));
        add(hour, hits);
        String minuteOfHour = String.valueOf(minute.getEpochSecond() / 60 % 60);
        Document minutes = (Document) hour.computeIfAbsent("minutes", none -> new Document());
        minutes.merge(minuteOfHour, hits, (one, more) -> (Long) one + (Long) more);
        return minute;
    }

    private static Document bucket(Map<String, Document> buckets, String articleId, Instant start) {
        return buckets.computeIfAbsent(
                articleId + "@" + start,
                id -> new Document("_id", id).append("articleId", articleId).append("start", Date.from(start)));
    }

    private static void add(Document document, long hits) {
        document.merge("hits", hits, (one, more) -> (Long) one + (Long) more);
    }

    void store() {
        store.insertAll(ArticleTotals.COLLECTION, totals.values());
        store.insertAll(ArticleDays.COLLECTION, days.values());
        store.insertAll(ArticleHours.COLLECTION, hours.values());
    }
}
