package broadsheet.stats.ranking;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.pull;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code stats_trending}: the articles that are rising, as they were last found; one document. */
@Component
class StoredTrends implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_trending";
    private static final String ID = "now";
    private static final String AS_OF = "asOf";
    private static final String LAG_MILLIS = "lagMillis";
    private static final String COMPLETE = "complete";
    private static final String ARTICLES = "articles";
    private static final String ARTICLE_ID = "articleId";
    private static final String HITS = "hits";
    private static final String EXPECTED = "expected";
    private static final String SCORE = "score";

    private final StatsCollections collections;

    StoredTrends(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /**
     * An article that is rising.
     *
     * @param hits of the last hour
     * @param expected the hits that it was to have
     * @param score see {@link TrendScore}
     */
    record Trend(String articleId, long hits, double expected, double score) {}

    record Trends(List<Trend> trends, CountingLag.Report counted) {}

    Mono<Void> store(List<Trend> trends, CountingLag.Report counted) {
        Document document = new Document(AS_OF, Date.from(counted.asOf()))
                .append(LAG_MILLIS, counted.lagMillis())
                .append(COMPLETE, counted.complete())
                .append(ARTICLES, trends.stream().map(StoredTrends::document).toList());
        return collections
                .named(COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.replaceOne(eq("_id", ID), document, new ReplaceOptions().upsert(true))))
                .then();
    }

    /** The greatest rise first; empty where none was looked for yet. */
    Mono<Trends> find() {
        return collections
                .read(COLLECTION, stored -> stored.find(eq("_id", ID)))
                .next()
                .map(stored -> new Trends(
                        stored.getList(ARTICLES, Document.class).stream()
                                .map(StoredTrends::trend)
                                .toList(),
                        new CountingLag.Report(
                                stored.getLong(LAG_MILLIS),
                                stored.getBoolean(COMPLETE),
                                stored.getDate(AS_OF).toInstant())));
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        Bson ofThem = in(ARTICLE_ID, articleIds);
        return collections
                .named(COLLECTION)
                .flatMap(trends -> Mono.from(
                        trends.updateMany(in(ARTICLES + "." + ARTICLE_ID, articleIds), pull(ARTICLES, ofThem))))
                .then();
    }

    private static Document document(Trend trend) {
        return new Document(ARTICLE_ID, trend.articleId())
                .append(HITS, trend.hits())
                .append(EXPECTED, trend.expected())
                .append(SCORE, trend.score());
    }

    private static Trend trend(Document stored) {
        return new Trend(
                stored.getString(ARTICLE_ID),
                stored.getLong(HITS),
                stored.getDouble(EXPECTED),
                stored.getDouble(SCORE));
    }
}
