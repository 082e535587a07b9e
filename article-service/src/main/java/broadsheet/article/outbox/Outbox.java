package broadsheet.article.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import broadsheet.events.NewsEvent;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The outboxes inside the articles' documents: {@code outbox: [{eventId, type, time, payload}]}. */
@Component
public class Outbox {

    public static final String FIELD = "outbox";
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

    /** Articles with something to send, a bounded number of them. */
    Flux<Pending> pending(int limit) {
        Query waiting = query(where(FIELD + ".0").exists(true)).limit(limit);
        waiting.fields().include(FIELD);
        return mongo.find(waiting, Document.class, COLLECTION).map(Outbox::pending);
    }

    Mono<Void> sent(Pending article) {
        List<String> ids = article.events().stream().map(Envelope::id).toList();
        var pull = new Update().pull(FIELD, query(where("eventId").in(ids)));
        return mongo.updateFirst(query(where("_id").is(article.id())), pull, COLLECTION)
                .then();
    }

    private static Pending pending(Document article) {
        List<Envelope<?>> events = article.getList(FIELD, Document.class).stream()
                .<Envelope<?>>map(Outbox::envelope)
                .toList();
        return new Pending(article.getString("_id"), events);
    }

    private static Envelope<?> envelope(Document entry) {
        NewsEvent event = EventCodec.read(
                EventType.of(entry.getString("type")),
                entry.getString("payload").getBytes(UTF_8));
        return new Envelope<>(
                entry.getString("eventId"), SOURCE, entry.getDate("time").toInstant(), event);
    }

    /** An article's unsent events, in order. */
    record Pending(String id, List<Envelope<?>> events) {}
}
