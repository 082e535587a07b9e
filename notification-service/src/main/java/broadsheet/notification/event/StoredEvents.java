package broadsheet.notification.event;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.DocumentReader;
import broadsheet.notification.DocumentsById;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public events that subscribers are told of, as they came, for as long as one may be sent again. What a withdrawn
 * article said is forgotten; that it was published is not.
 */
@Component
public class StoredEvents implements CollectionOwner {

    public static final String COLLECTION = "notificationEvents";

    private final ReactiveMongoTemplate mongo;
    private final HeldMilestones held;
    private final JsonMapper json;

    StoredEvents(ReactiveMongoTemplate mongo, HeldMilestones held, JsonMapper json) {
        this.mongo = mongo;
        this.held = held;
        this.json = json;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("article", "time")), new IndexModel(Indexes.ascending("time")));
    }

    /** Those that may still be told; those of withdrawn articles are missing. */
    public Mono<DocumentsById<PublicEvent>> byIds(Collection<String> ids) {
        return run(events -> events.find(in("_id", ids)))
                .collectList()
                .map(stored -> DocumentsById.of(stored, one -> EventDocument.read(one, json)));
    }

    /** All of an article that may still be told, oldest first. */
    public Flux<PublicEvent> ofArticle(String article) {
        return find(eq("article", article));
    }

    /** Whether no earlier publication or correction of its article is stored. */
    public Mono<Boolean> isFirstOfArticle(PublicEvent event) {
        return run(events -> events.find(and(
                                eq("article", event.notification().article().id()),
                                ne("_id", event.notification().id()),
                                upTo(event),
                                in("kind", EventKind.PUBLISHED.name(), EventKind.CORRECTED.name())))
                        .limit(1))
                .hasElements()
                .map(earlier -> !earlier);
    }

    /** What of these articles was corrected, as it was published then. */
    public Flux<PublicEvent> corrections(Collection<String> articles) {
        return find(and(in("article", articles), eq("kind", EventKind.CORRECTED.name())));
    }

    private static Bson upTo(PublicEvent event) {
        return not(gt("version", event.notification().article().version()));
    }

    /** All since then that may still be told, oldest first. */
    public Flux<PublicEvent> since(Instant time) {
        return find(gte("time", Date.from(time)));
    }

    /** To how many the events of an article are told, oldest first. */
    public Flux<EventMatchCount> matchedOf(String article) {
        return run(events ->
                        events.find(and(eq("article", article), exists("kind"))).sort(Sorts.ascending("time")))
                .map(event -> new EventMatchCount(
                        event.getString("_id"),
                        EventKind.valueOf(event.getString("kind")),
                        event.getDate("time").toInstant(),
                        event.getLong("matched")));
    }

    /** Forgets what a withdrawn article said, in all events before. */
    public Mono<Void> forget(PublicEvent withdrawal) {
        return run(events -> events.updateMany(
                        and(
                                eq(
                                        "article",
                                        withdrawal.notification().article().id()),
                                ne("_id", withdrawal.notification().id()),
                                upTo(withdrawal)),
                        combine(unset("value"), unset("articleValue"))))
                .then();
    }

    /** Notes that everyone who is to be told has a delivery, and how many there are, unless somebody counted more since. */
    public Mono<Void> matched(String event, long deliveries, Instant now) {
        return run(events -> events.updateOne(
                        eq("_id", event), combine(max("matched", deliveries), set("matchedAt", Date.from(now)))))
                .then();
    }

    /** Removes what is too old to be sent again. */
    public Mono<Void> removeBefore(Instant time) {
        return run(events -> events.deleteMany(lt("time", Date.from(time)))).then(held.removeBefore(time));
    }

    /** The {@code type} and {@code value} of an article's newest public change; none where that is withdrawn, or unheard of. */
    Mono<Document> latestChange(String article) {
        return run(events -> events.find(
                                and(eq("article", article), exists("kind"), ne("kind", EventKind.MILESTONE.name())))
                        .sort(Sorts.descending("version", "time"))
                        .limit(1))
                .filter(EventDocument::hasValue)
                .next();
    }

    private Flux<PublicEvent> find(Bson filter) {
        return run(events -> events.find(filter).sort(Sorts.ascending("time")))
                .concatMap(event -> Mono.justOrEmpty(
                        DocumentReader.read("event", event, readable -> EventDocument.read(readable, json))
                                .flatMap(Function.identity())));
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(collection(), work::apply);
    }
}
