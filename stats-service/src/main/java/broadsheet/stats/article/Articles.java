package broadsheet.stats.article;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.ArticleSnapshot;
import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_articles}: the newest version of each article. */
@Component
public class Articles implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_articles";
    private static final int PAGE = 1_000;
    private static final String VERSION = "version";
    private static final String TITLE = "title";
    private static final String URL = "url";
    private static final String PUBLIC = "public";
    private static final String PUBLISHED_AT = "publishedAt";
    private static final String CATEGORY = "category";
    private static final String SLUG = "slug";
    private static final String NAME = "name";

    private final StatsCollections collections;
    private final ErasedArticles erased;

    public Articles(StatsCollections collections, ErasedArticles erased) {
        this.collections = collections;
        this.erased = erased;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(CATEGORY + "." + SLUG, PUBLISHED_AT)));
    }

    /** The slugs of all categories that an article was ever in, each found by one step through the index. */
    public Flux<String> categories() {
        return nextCategory("").expand(this::nextCategory);
    }

    /** From the first string behind the slug on: an index may otherwise be read through all that have it. */
    private Mono<String> nextCategory(String after) {
        String slug = CATEGORY + "." + SLUG;
        return collections
                .read(
                        COLLECTION,
                        articles -> articles.find(gte(slug, after + '\0'))
                                .sort(ascending(slug))
                                .limit(1)
                                .projection(include(slug)))
                .next()
                .map(stored -> stored.get(CATEGORY, Document.class).getString(SLUG));
    }

    /** The ids of so many articles of a category, whether readers may see them or not. */
    public Flux<String> ids(String category, int limit) {
        return collections
                .read(
                        COLLECTION,
                        articles -> articles.find(eq(CATEGORY + "." + SLUG, category))
                                .limit(limit)
                                .projection(include("_id")))
                .map(stored -> stored.getString("_id"));
    }

    /** The newest articles of a category that were published by then and that readers may see. */
    public Flux<Article> published(String category, Instant by, int limit) {
        return collections
                .read(
                        COLLECTION,
                        articles -> articles.find(and(
                                        eq(CATEGORY + "." + SLUG, category),
                                        lte(PUBLISHED_AT, Date.from(by)),
                                        eq(PUBLIC, true)))
                                .sort(descending(PUBLISHED_AT))
                                .limit(limit))
                .map(Articles::article);
    }

    public Mono<Article> find(String articleId) {
        return find(eq("_id", articleId)).next();
    }

    /** Those among these that are known, whether readers may see them or not. */
    public Flux<Article> findAll(Collection<String> articleIds) {
        return find(in("_id", articleIds));
    }

    /** Those among these that readers may see now; of one category, where one is given. */
    public Flux<Article> findPublic(Collection<String> articleIds, @Nullable String category) {
        List<Bson> filters = new ArrayList<>(List.of(in("_id", articleIds), eq(PUBLIC, true)));
        if (category != null) {
            filters.add(eq(CATEGORY + "." + SLUG, category));
        }
        return find(and(filters));
    }

    /** Those among these that are known, drafts and withdrawn ones too. */
    public Flux<Article> among(Collection<String> articleIds) {
        return find(in("_id", articleIds));
    }

    /** All that are known, drafts and withdrawn ones too, read 1,000 at a time, each in the time that a caller waits. */
    public Flux<Article> all() {
        return next("").expand(some -> some.size() < PAGE
                        ? Mono.empty()
                        : next(some.get(PAGE - 1).articleId()))
                .flatMapIterable(some -> some);
    }

    private Mono<List<Article>> next(String after) {
        return collections
                .read(
                        COLLECTION,
                        articles -> articles.find(gt("_id", after))
                                .sort(ascending("_id"))
                                .limit(PAGE))
                .map(Articles::article)
                .collectList();
    }

    private Flux<Article> find(Bson filter) {
        return collections.read(COLLECTION, articles -> articles.find(filter)).map(Articles::article);
    }

    private static Article article(Document stored) {
        Document category = stored.get(CATEGORY, Document.class);
        return new Article(
                stored.getString("_id"),
                stored.getString(TITLE),
                stored.getString(URL),
                new Article.Category(category.getString(SLUG), category.getString(NAME)),
                Optional.ofNullable(stored.getDate(PUBLISHED_AT))
                        .map(Date::toInstant)
                        .orElse(null));
    }

    /** A version that is not newer than the stored one changes nothing, nor does one of an erased article. */
    Mono<Void> store(Collection<ArticleSnapshot> snapshots) {
        List<UpdateOneModel<Document>> writes = snapshots.stream()
                .filter(article -> !erased.contains(article.id()))
                .map(Articles::write)
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION)
                        .flatMap(articles ->
                                Mono.from(articles.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .onErrorComplete(DuplicateKeys::areWhy)
                        .then();
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return collections
                .named(COLLECTION)
                .flatMap(articles -> Mono.from(articles.deleteMany(in("_id", articleIds))))
                .then();
    }

    private static UpdateOneModel<Document> write(ArticleSnapshot article) {
        return new UpdateOneModel<>(
                and(eq("_id", article.id()), lt(VERSION, article.version())),
                combine(
                        set(VERSION, article.version()),
                        set(TITLE, article.title()),
                        set(URL, article.url()),
                        set(PUBLIC, article.status().isPublic()),
                        set(PUBLISHED_AT, article.publishedAt()),
                        set(
                                CATEGORY,
                                new Document(SLUG, article.category().slug())
                                        .append(NAME, article.category().name()))),
                new UpdateOptions().upsert(true));
    }
}
