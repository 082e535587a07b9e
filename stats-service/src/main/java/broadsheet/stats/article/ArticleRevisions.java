package broadsheet.stats.article;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import broadsheet.events.ArticleSnapshot;
import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_article_revisions}: under what each version of an article was published that readers could see. */
@Component
public class ArticleRevisions implements CollectionOwner, ArticleNumbers {

    static final String COLLECTION = "stats_article_revisions";

    private static final String ARTICLE_ID = "articleId";
    private static final String REVISION = "revision";
    private static final String CATEGORY = "category";
    private static final String AUTHORS = "authors";
    private static final String CREDITS = "credits";
    private static final String TAGS = "tags";
    private static final String LANGUAGE = "language";

    private final StatsCollections collections;
    private final ErasedArticles erased;

    public ArticleRevisions(StatsCollections collections, ErasedArticles erased) {
        this.collections = collections;
        this.erased = erased;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending(ARTICLE_ID)));
    }

    /** Those of these articles, each by {@link #id}. */
    public Mono<Map<String, Revision>> ofArticles(Collection<String> articleIds) {
        return collections
                .read(COLLECTION, revisions -> revisions.find(in(ARTICLE_ID, articleIds)))
                .collectMap(stored -> stored.getString("_id"), ArticleRevisions::revision);
    }

    /** Those of these ids that there is a version of by now. */
    public Flux<String> known(Collection<String> ids) {
        return collections
                .read(COLLECTION, revisions -> revisions.find(in("_id", ids)).projection(include("_id")))
                .map(stored -> stored.getString("_id"));
    }

    public static String id(String articleId, String revision) {
        return articleId + "@" + revision;
    }

    private static Revision revision(Document stored) {
        String language = stored.getString(LANGUAGE);
        return new Revision(
                stored.getString(CATEGORY),
                stored.getList(AUTHORS, String.class),
                stored.getList(CREDITS, String.class),
                stored.getList(TAGS, String.class),
                language == null ? List.of() : List.of(language));
    }

    /** What readers could not see is left out, and what is erased. */
    Mono<Void> store(Collection<ArticleSnapshot> snapshots) {
        return Flux.fromIterable(snapshots)
                .filter(article -> article.status().isPublic() && !erased.contains(article.id()))
                .map(ArticleRevisions::write)
                .collectList()
                .filter(writes -> !writes.isEmpty())
                .flatMap(writes -> collections
                        .named(COLLECTION)
                        .flatMap(revisions ->
                                Mono.from(revisions.bulkWrite(writes, new BulkWriteOptions().ordered(false)))))
                .then();
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return collections
                .named(COLLECTION)
                .flatMap(revisions -> Mono.from(revisions.deleteMany(in(ARTICLE_ID, articleIds))))
                .then();
    }

    private static ReplaceOneModel<Document> write(ArticleSnapshot article) {
        var revision = new Document(ARTICLE_ID, article.id())
                .append(REVISION, article.version())
                .append(CATEGORY, article.category().slug())
                .append(AUTHORS, article.authors())
                .append(
                        CREDITS,
                        article.credits().stream()
                                .map(credit -> credit.role() + " / " + credit.name())
                                .toList())
                .append(TAGS, article.tags())
                .append(LANGUAGE, article.language());
        String id = id(article.id(), Long.toString(article.version()));
        return new ReplaceOneModel<>(eq("_id", id), revision, new ReplaceOptions().upsert(true));
    }

    /**
     * What readers saw with a version of an article.
     *
     * @param category its slug
     * @param credits such as {@code Copy / Publicity Department}
     * @param languages one BCP 47 tag or none
     */
    public record Revision(
            String category, List<String> authors, List<String> credits, List<String> tags, List<String> languages) {}
}
