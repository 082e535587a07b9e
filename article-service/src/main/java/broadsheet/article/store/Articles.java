package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.content.Slugs;
import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxRelay;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/** The articles' store; a change and its event are one write to one document, guarded by the version. */
@Component
public class Articles {

    private static final int NUMBERED_SLUGS = 10;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ReactiveMongoTemplate mongo;
    private final OutboxRelay relay;
    private final ArticleDocuments documents;
    private final Revisions revisions;
    private final EarlierTransitions transitions;
    private final List<ArticleWriteListener> listeners;

    Articles(
            ReactiveMongoTemplate mongo,
            OutboxRelay relay,
            ArticleDocuments documents,
            Revisions revisions,
            EarlierTransitions transitions,
            List<ArticleWriteListener> listeners) {
        this.mongo = mongo;
        this.relay = relay;
        this.documents = documents;
        this.revisions = revisions;
        this.transitions = transitions;
        this.listeners = listeners;
    }

    public Mono<Article> byId(String id) {
        return mongo.findById(id, Article.class);
    }

    /** The article that has the slug, or had it while it was public. */
    public Mono<Article> bySlug(String slug) {
        return idOfSlug(slug).flatMap(this::byId);
    }

    /** The id of the article that has the slug, or had it while it was public. */
    Mono<String> idOfSlug(String slug) {
        Query having = query(where(ArticleDocuments.ADDRESSES).is(slug));
        having.fields().include("_id");
        return mongo.findOne(having, Document.class, mongo.getCollectionName(Article.class))
                .map(document -> document.getString("_id"));
    }

    /** Newest first, one more than asked for where there are more. */
    public Flux<ListedArticle> list(ArticleFilter filter, int limit) {
        Query query = query(filter.criteria())
                .with(Sort.by(Sort.Direction.DESC, "dates.listed", "_id"))
                .limit(limit + 1);
        return mongo.find(ListedArticle.fieldsOf(query), ListedArticle.class);
    }

    /** Adds an article under its slug; fails with a {@code DuplicateKeyException} where that is taken. */
    public Mono<Article> add(Article article, Function<ArticleSnapshot, ArticleChanged> event) {
        return insert(article, event)
                .retryWhen(Retry.backoff(3, PAUSE).filter(CannotAcquireLockException.class::isInstance));
    }

    /**
     * Adds an article under its slug or the first of {@code slug-2} to {@code slug-10} that is free; with the end of its
     * id behind the slug where all are taken, or others try to take the free one at the same time.
     */
    public Mono<Article> addNumbered(Article article, Function<ArticleSnapshot, ArticleChanged> event) {
        Article unlike = article.slugged(Slugs.suffixed(article.slug(), article.idEnd()));
        return freeSlug(article.slug())
                .map(article::slugged)
                .defaultIfEmpty(unlike)
                .flatMap(free -> insert(free, event))
                .onErrorResume(Articles::isLostRace, e -> add(unlike, event));
    }

    private Mono<Article> insert(Article article, Function<ArticleSnapshot, ArticleChanged> event) {
        return Mono.deferContextual(request -> {
                    Document document = documents.of(article);
                    document.put(Outbox.FIELD, List.of(outboxEntry(article, event, request)));
                    return mongo.insert(document, mongo.getCollectionName(Article.class));
                })
                .map(inserted -> article)
                .doOnNext(this::written);
    }

    private void written(Article article) {
        relay.nudge();
        listeners.forEach(listener -> listener.written(article));
    }

    private static boolean isLostRace(Throwable e) {
        return e instanceof DuplicateKeyException || e instanceof CannotAcquireLockException;
    }

    private Mono<String> freeSlug(String slug) {
        List<String> candidates = IntStream.rangeClosed(1, NUMBERED_SLUGS)
                .mapToObj(number -> number == 1 ? slug : Slugs.suffixed(slug, String.valueOf(number)))
                .toList();
        Query taken = query(where(ArticleDocuments.ADDRESSES).in(candidates));
        taken.fields().include(ArticleDocuments.ADDRESSES);
        return mongo.find(taken, Document.class, mongo.getCollectionName(Article.class))
                .flatMapIterable(document -> document.getList(ArticleDocuments.ADDRESSES, String.class))
                .collect(Collectors.toSet())
                .flatMapIterable(all -> candidates.stream()
                        .filter(candidate -> !all.contains(candidate))
                        .toList())
                .next();
    }

    /**
     * Writes the next version of an article, and before it apart what that replaces. Empty where someone else changed the
     * article since it was read: it stays as they left it then. Fails with a {@code DuplicateKeyException} where its slug
     * is taken.
     */
    public Mono<Article> save(Article before, Article after, Function<ArticleSnapshot, ArticleChanged> event) {
        Update update = documents.replacement(after);
        Criteria asRead = where("_id").is(after.id()).and("version").is(before.version());
        Mono<Article> written = Mono.deferContextual(request -> mongo.updateFirst(
                        query(asRead), update.push(Outbox.FIELD, outboxEntry(after, event, request)), Article.class))
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> after)
                .doOnNext(this::written);
        return revisions
                .keepReplaced(before, after)
                .then(transitions.keepReplaced(before, after))
                .then(written);
    }

    private Document outboxEntry(
            Article article, Function<ArticleSnapshot, ArticleChanged> event, ContextView request) {
        return Outbox.entry(article.dates().updated(), event.apply(ArticleSnapshots.of(article)), request);
    }
}
