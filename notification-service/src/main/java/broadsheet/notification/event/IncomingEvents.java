package broadsheet.notification.event;

import static com.mongodb.client.model.Filters.eq;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticlePublished;
import broadsheet.events.Envelope;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.function.Function;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Takes events in as their topics bring them: what is public, and milestones together with what their articles say. */
@Component
public class IncomingEvents {

    private final ReactiveMongoTemplate mongo;
    private final StoredEvents events;
    private final LatestArticles articles;
    private final HeldMilestones held;
    private final JsonMapper json;

    IncomingEvents(
            ReactiveMongoTemplate mongo,
            StoredEvents events,
            LatestArticles articles,
            HeldMilestones held,
            JsonMapper json) {
        this.mongo = mongo;
        this.events = events;
        this.articles = articles;
        this.held = held;
        this.json = json;
    }

    /**
     * Stores an event once; empty where it is not public. A milestone of an article that was never heard of is held until it
     * is, one of an article that is withdrawn is not.
     */
    public Mono<PublicEvent> store(Envelope<?> envelope) {
        Document event = EventDocument.of(envelope);
        if (envelope.event() instanceof ArticleMilestone milestone) {
            Mono<Document> article =
                    articles.find(milestone.articleId()).switchIfEmpty(events.latestChange(milestone.articleId()));
            return article.switchIfEmpty(
                            Mono.defer(() -> hold(event, milestone)).then(article))
                    .filter(EventDocument::hasValue)
                    .flatMap(change -> complete(event, change));
        }
        return envelope.event() instanceof ArticleChanged ? insertPublic(event) : Mono.empty();
    }

    /** Keeps what an article says now, for milestones to come. */
    public Mono<Void> note(Envelope<?> envelope) {
        if (envelope.event() instanceof ArticlePublished published && published.tellsNobody()) {
            return articles.note(envelope, published, false);
        }
        return envelope.event() instanceof ArticleChanged change
                ? Mono.justOrEmpty(Notification.of(envelope))
                        .flatMap(told -> articles.note(envelope, change, told.kind() == EventKind.WITHDRAWN))
                : Mono.empty();
    }

    /** The milestones of an article that were read before it, and that nobody is told of yet. */
    public Flux<PublicEvent> waitingFor(Envelope<?> change) {
        String id = change.event().recordKey();
        return change.event() instanceof ArticleChanged
                ? articles.find(id)
                        .flatMapMany(article -> EventDocument.hasValue(article)
                                ? held.ofArticle(id).concatMap(milestone -> complete(milestone, article))
                                : held.dropOfArticle(id).thenMany(Flux.empty()))
                : Flux.empty();
    }

    private Mono<Void> hold(Document event, ArticleMilestone milestone) {
        return Notification.Milestone.isPublic(milestone.kind()) ? held.hold(event) : Mono.empty();
    }

    private Mono<PublicEvent> complete(Document milestone, Document change) {
        Document article = new Document("articleType", change.getString("type"))
                .append("articleValue", change.getString("value"))
                .append("version", change.getLong("version"))
                .append("kind", EventKind.MILESTONE.name());
        Document completed = new Document(milestone);
        completed.putAll(article);
        return read(completed)
                .delayUntil(read -> insert(completed))
                .delayUntil(read -> run(
                        stored -> stored.updateOne(eq("_id", milestone.get("_id")), new Document("$set", article))));
    }

    private Mono<PublicEvent> insertPublic(Document event) {
        return read(event)
                .flatMap(
                        read -> insert(event.append("kind", read.kind().name())).thenReturn(read));
    }

    private Mono<PublicEvent> read(Document event) {
        return Mono.justOrEmpty(EventDocument.read(event, json));
    }

    private Mono<Void> insert(Document event) {
        return run(stored -> EventDocument.insertOnce(event, stored)).then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(StoredEvents.COLLECTION, work::apply);
    }
}
