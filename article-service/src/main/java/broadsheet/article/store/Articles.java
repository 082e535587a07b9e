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
import org.springframework.data.mongodb.core.mapping.MongoPersistentProperty;
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

    Articles(ReactiveMongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.relay = relay;
    }

    public Mono<Article> byId(String id) {
        return mongo.findById(id, Article.class);
    }

    public Mono<Article> bySlug(String slug) {
        return mongo.findOne(query(where("slug").is(slug)), Article.class);
    }

    /** Newest first, one more than asked for where there are more. */
    public Flux<ListedArticle> list(ArticleFilter filter, int limit) {
        Query query = query(filter.criteria())
                .with(Sort.by(Sort.Direction.DESC, "dates.listed", "_id"))
                .limit(limit + 1);
        query.fields().exclude("content.body", "correction.content.body", "history", Outbox.FIELD);
        return mongo.find(query, ListedArticle.class);
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
                    Document document = document(article);
                    document.put(Outbox.FIELD, List.of(outboxEntry(article, event, request)));
                    return mongo.insert(document, mongo.getCollectionName(Article.class));
                })
                .map(inserted -> article)
                .doOnNext(added -> relay.nudge());
    }

    private static boolean isLostRace(Throwable e) {
        return e instanceof DuplicateKeyException || e instanceof CannotAcquireLockException;
    }

    private Mono<String> freeSlug(String slug) {
        List<String> candidates = IntStream.rangeClosed(1, NUMBERED_SLUGS)
                .mapToObj(number -> number == 1 ? slug : Slugs.suffixed(slug, String.valueOf(number)))
                .toList();
        Query taken = query(where("slug").in(candidates));
        taken.fields().include("slug");
        return mongo.find(taken, Document.class, mongo.getCollectionName(Article.class))
                .map(document -> document.getString("slug"))
                .collect(Collectors.toSet())
                .flatMapIterable(all -> candidates.stream()
                        .filter(candidate -> !all.contains(candidate))
                        .toList())
                .next();
    }

    /** Empty where someone else changed it since it was read: nothing is written then. */
    public Mono<Article> save(Article article, Function<ArticleSnapshot, ArticleChanged> event) {
        Update update = replacement(article);
        Criteria asRead = where("_id").is(article.id()).and("version").is(article.version() - 1);
        return Mono.deferContextual(request -> mongo.updateFirst(
                        query(asRead), update.push(Outbox.FIELD, outboxEntry(article, event, request)), Article.class))
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> article)
                .doOnNext(saved -> relay.nudge());
    }

    /** Everything but the outbox, which is no part of an article; what the article no longer has is removed. */
    private Update replacement(Article article) {
        var update = new Update();
        Document fields = document(article);
        for (MongoPersistentProperty property :
                mongo.getConverter().getMappingContext().getRequiredPersistentEntity(Article.class)) {
            String field = property.getFieldName();
            if (property.isIdProperty()) {
                continue;
            }
            if (fields.containsKey(field)) {
                update.set(field, fields.get(field));
            } else {
                update.unset(field);
            }
        }
        return update;
    }

    private Document outboxEntry(
            Article article, Function<ArticleSnapshot, ArticleChanged> event, ContextView request) {
        return Outbox.entry(article.dates().updated(), event.apply(ArticleSnapshots.of(article)), request);
    }

    private Document document(Article article) {
        var document = new Document();
        mongo.getConverter().write(article, document);
        return document;
    }
}
