package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxRelay;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Articles that come many at once, each with its event in one document, and with a mark that says what it was made of. */
@Component
public class ImportedArticles {

    private static final String MARK = "imported";

    private final ReactiveMongoTemplate mongo;
    private final ArticleDocuments documents;
    private final Articles articles;
    private final Revisions revisions;
    private final PublicArticles published;
    private final OutboxRelay relay;
    private final InstantSource clock;

    ImportedArticles(
            ReactiveMongoTemplate mongo,
            ArticleDocuments documents,
            Articles articles,
            Revisions revisions,
            PublicArticles published,
            OutboxRelay relay,
            InstantSource clock) {
        this.mongo = mongo;
        this.documents = documents;
        this.articles = articles;
        this.revisions = revisions;
        this.published = published;
        this.relay = relay;
        this.clock = clock;
    }

    /**
     * What an article was last imported as.
     *
     * @param fingerprint of what it was made of
     * @param version what that made of it; another one has been changed here since
     * @param isNew whether it came to be by that import
     */
    public record Mark(String job, String source, String fingerprint, long version, boolean isNew) {

        /** Begins the source of what another Broadsheet exported, before its id. */
        public static final String OWN = "broadsheet:";
    }

    /**
     * An article that is here.
     *
     * @param mark null for what was written here
     */
    public record Known(
            String id,
            long version,
            Status status,
            String slug,
            @Nullable Mark mark) {}

    /**
     * What is here of what is asked for.
     *
     * @param bySlug the ids of the articles to which slugs lead
     */
    public record KnownArticles(Map<String, Known> byId, Map<String, String> bySlug) {

        /** Every slug that leads to the article. */
        public List<String> slugsOf(String id) {
            return bySlug.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(id))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }

    /** An article that is to be added. */
    public record Addition(Article article, Mark mark, Function<ArticleSnapshot, ArticleChanged> event) {}

    /**
     * An article that is to be replaced.
     *
     * @param before the version that it replaces
     */
    public record Change(long before, Article article, Mark mark, Function<ArticleSnapshot, ArticleChanged> event) {}

    /** The articles with these ids, and who has these slugs. */
    public Mono<KnownArticles> known(Collection<String> ids, Collection<String> slugs) {
        return Flux.concat(
                        find(where("_id").in(ids)),
                        find(where(ArticleDocuments.ADDRESSES).in(slugs))) // with "or" no index would do on each server
                .collectList()
                .map(ImportedArticles::known);
    }

    private Flux<Document> find(Criteria those) {
        Query query = query(those);
        query.fields().include("version", "status", "slug", ArticleDocuments.ADDRESSES, MARK);
        return mongo.find(query, Document.class, mongo.getCollectionName(Article.class));
    }

    private static KnownArticles known(List<Document> found) {
        var byId = new HashMap<String, Known>();
        var bySlug = new HashMap<String, String>();
        for (Document document : found) {
            String id = document.getString("_id");
            byId.put(
                    id,
                    new Known(
                            id,
                            document.get("version", Number.class).longValue(),
                            Status.valueOf(document.getString("status")),
                            document.getString("slug"),
                            mark(document.get(MARK, Document.class))));
            document.getList(ArticleDocuments.ADDRESSES, String.class, List.of())
                    .forEach(slug -> bySlug.put(slug, id));
        }
        return new KnownArticles(byId, bySlug);
    }

    private static @Nullable Mark mark(@Nullable Document mark) {
        return mark == null
                ? null
                : new Mark(
                        mark.getString("job"),
                        mark.getString("source"),
                        mark.getString("fingerprint"),
                        mark.getLong("version"),
                        mark.getBoolean("isNew"));
    }

    /** What another system called an article; null for what was written here. */
    static @Nullable String source(Document article) {
        Mark mark = mark(article.get(MARK, Document.class));
        return mark == null || mark.source().equals(Mark.OWN + article.getString("_id")) ? null : mark.source();
    }

    private static Document document(Mark mark) {
        return new Document("job", mark.job())
                .append("source", mark.source())
                .append("fingerprint", mark.fingerprint())
                .append("version", mark.version())
                .append("isNew", mark.isNew());
    }

    /**
     * Adds articles, and changes others. Fails with a {@code DuplicateKeyException} where an id or a slug was taken meanwhile,
     * or an article changed: some may be written then, and what is known tells which.
     */
    public Mono<Void> write(List<Addition> additions, List<Change> changes) {
        return add(additions)
                .thenMany(Flux.fromIterable(changes))
                .concatMap(this::change)
                .then()
                .doOnSuccess(written -> {
                    additions.forEach(added -> published.changed(added.article()));
                    relay.nudge();
                });
    }

    private Mono<Void> add(List<Addition> additions) {
        if (additions.isEmpty()) {
            return Mono.empty();
        }
        return Mono.deferContextual(request -> {
            List<Document> inserts = additions.stream()
                    .map(added -> {
                        Document document = documents.of(added.article());
                        document.put(MARK, document(added.mark()));
                        document.put(
                                Outbox.FIELD,
                                List.of(Outbox.entry(
                                        clock.instant(),
                                        added.event().apply(ArticleSnapshots.of(added.article())),
                                        request)));
                        return document;
                    })
                    .toList();
            return mongo.execute(
                            mongo.getCollectionName(Article.class),
                            articles -> articles.insertMany(inserts, new InsertManyOptions().ordered(false)))
                    .then()
                    .onErrorMap(ImportedArticles::isTaken, e -> new DuplicateKeyException("Taken meanwhile", e));
        });
    }

    private static boolean isTaken(Throwable e) {
        return e.getCause() != null && DuplicateKeys.areWhy(e.getCause());
    }

    private Mono<Void> change(Change change) {
        Article after = change.article();
        Instant now = clock.instant();
        return articles.byId(after.id())
                .filter(before -> before.version() == change.before())
                .flatMap(before -> revisions.keepReplaced(before, after).thenReturn(before))
                .flatMap(before -> Mono.deferContextual(request -> {
                    Update update = documents
                            .replacement(after)
                            .set(MARK, document(change.mark()))
                            .push(
                                    Outbox.FIELD,
                                    Outbox.entry(now, change.event().apply(ArticleSnapshots.of(after)), request));
                    return mongo.updateFirst(
                            query(where("_id").is(after.id()).and("version").is(before.version())),
                            update,
                            Article.class);
                }))
                .filter(result -> result.getMatchedCount() == 1)
                .switchIfEmpty(
                        Mono.error(() -> new DuplicateKeyException("Article " + after.id() + " changed meanwhile")))
                .doOnNext(written -> published.changed(after))
                .then();
    }
}
