package broadsheet.article.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import broadsheet.events.NewsEvent;
import broadsheet.events.UnreadableEventException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The outboxes inside the articles' documents: {@code outbox: [{eventId, type, time, payload}]}. */
@Component
public class Outbox {

    public static final String FIELD = "outbox";
    public static final String EVENT_IDS = FIELD + ".eventId";
    static final String COLLECTION = "articles";
    private static final String SOURCE = "/article-service";

    private final ReactiveMongoTemplate mongo;

    Outbox(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** What to push into the article's outbox together with the change that the event tells of. */
    public static OutboxEntry entry(Envelope<?> envelope) {
        return new OutboxEntry(
                envelope.id(),
                envelope.event().type().ceType(),
                envelope.time(),
                new String(EventCodec.data(envelope.event()), UTF_8));
    }

    public static <E extends NewsEvent> Envelope<E> envelope(Instant time, E event) {
        return Envelope.of(SOURCE, time, event);
    }

    /** Articles with something to send, a bounded number of them and none of those that are stuck. */
    Flux<Pending> pending(int limit, Collection<String> stuck) {
        return mongo.find(waiting(limit, stuck), Document.class, COLLECTION).map(Outbox::pending);
    }

    /** A range of the partial index on the event ids, so that a sweep reads what waits and nothing else. */
    static Query waiting(int limit, Collection<String> stuck) {
        Criteria filled = where(EVENT_IDS).gt("");
        Query waiting = query(stuck.isEmpty() ? filled : filled.and("_id").nin(stuck));
        waiting.limit(limit).fields().include(FIELD);
        return waiting;
    }

    /** Takes an event out that Kafka has. */
    Mono<Void> sent(Pending article, OutboxEntry entry) {
        var pull = new Update().pull(FIELD, query(where("eventId").is(entry.eventId())));
        return mongo.updateFirst(query(where("_id").is(article.id())), pull, COLLECTION)
                .then();
    }

    /**
     * The event that an entry holds.
     *
     * @throws UnreadableEventException where this version does not know its type
     */
    static Envelope<?> envelope(OutboxEntry entry) {
        NewsEvent event =
                EventCodec.read(EventType.of(entry.type()), entry.payload().getBytes(UTF_8));
        return new Envelope<>(entry.eventId(), SOURCE, entry.time(), event);
    }

    private static Pending pending(Document article) {
        List<OutboxEntry> entries = article.getList(FIELD, Document.class).stream()
                .map(entry -> new OutboxEntry(
                        entry.getString("eventId"),
                        entry.getString("type"),
                        entry.getDate("time").toInstant(),
                        entry.getString("payload")))
                .toList();
        return new Pending(article.getString("_id"), entries);
    }

    /** An article's unsent events, in order. */
    record Pending(String id, List<OutboxEntry> entries) {}
}
