package broadsheet.stats.ranking;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.pull;

import broadsheet.stats.HitCount;
import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code stats_rankings}: the most read articles of each period and category, as the {@link RankingJob} last found them. */
@Component
class Rankings implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_rankings";
    private static final String PERIOD = "period";
    private static final String AS_OF = "asOf";
    private static final String LAG_MILLIS = "lagMillis";
    private static final String COMPLETE = "complete";
    private static final String EXACT = "exact";
    private static final String ARTICLES = "articles";
    private static final String ARTICLE_ID = "articleId";
    private static final String HITS = "hits";

    private final StatsCollections collections;

    Rankings(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /**
     * The most read articles of a category in a period.
     *
     * @param counted how current the numbers were that it was made of
     * @param exact false where the search ended early, so that an article may be missing
     */
    record CategoryRanking(String category, List<HitCount> articles, CountingLag.Report counted, boolean exact) {}

    /** Empty where none was made yet. One that is of no article is stored with no category. */
    Mono<CategoryRanking> find(Period period, String category) {
        String id = id(period, category);
        String all = id(period, MostRead.ALL);
        return collections
                .read(COLLECTION, rankings -> rankings.find(in("_id", List.of(id, all))))
                .collectMap(stored -> stored.getString("_id"), stored -> ranking(category, stored))
                .mapNotNull(found -> {
                    CategoryRanking ofAll = found.get(all);
                    return ofAll == null
                            ? null
                            : found.getOrDefault(
                                    id, new CategoryRanking(category, List.of(), ofAll.counted(), ofAll.exact()));
                });
    }

    /** Stores all rankings of a period, and removes those of the categories that have none any more. */
    Mono<Void> store(Period period, Collection<CategoryRanking> rankings, Instant asOf) {
        var writes = rankings.stream()
                .map(ranking -> new ReplaceOneModel<>(
                        eq("_id", id(period, ranking.category())),
                        document(period, ranking),
                        new ReplaceOptions().upsert(true)))
                .toList();
        return collections
                .named(COLLECTION)
                .flatMap(stored -> Mono.from(stored.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                        .then(Mono.from(
                                stored.deleteMany(and(eq(PERIOD, period.parameter()), lt(AS_OF, Date.from(asOf)))))))
                .then();
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        Bson ofThem = in(ARTICLE_ID, articleIds);
        return collections
                .named(COLLECTION)
                .flatMap(rankings -> Mono.from(
                        rankings.updateMany(in(ARTICLES + "." + ARTICLE_ID, articleIds), pull(ARTICLES, ofThem))))
                .then();
    }

    private static String id(Period period, String category) {
        return category.equals(MostRead.ALL) ? period.parameter() : period.parameter() + "/" + category;
    }

    private static Document document(Period period, CategoryRanking ranking) {
        return new Document(PERIOD, period.parameter())
                .append(AS_OF, Date.from(ranking.counted().asOf()))
                .append(LAG_MILLIS, ranking.counted().lagMillis())
                .append(COMPLETE, ranking.counted().complete())
                .append(EXACT, ranking.exact())
                .append(
                        ARTICLES,
                        ranking.articles().stream()
                                .map(article ->
                                        new Document(ARTICLE_ID, article.articleId()).append(HITS, article.hits()))
                                .toList());
    }

    private static CategoryRanking ranking(String category, Document stored) {
        return new CategoryRanking(
                category,
                stored.getList(ARTICLES, Document.class).stream()
                        .map(article -> new HitCount(article.getString(ARTICLE_ID), article.getLong(HITS)))
                        .toList(),
                new CountingLag.Report(
                        stored.getLong(LAG_MILLIS),
                        stored.getBoolean(COMPLETE),
                        stored.getDate(AS_OF).toInstant()),
                stored.getBoolean(EXACT));
    }
}
