package broadsheet.notification.event;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.setOnInsert;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.reactivestreams.Publisher;
import tools.jackson.databind.json.JsonMapper;

/** An event as the store keeps it; a milestone together with the change that says what its article is. */
final class EventDocument {

    private EventDocument() {}

    static Document of(Envelope<?> envelope) {
        var document = new Document("_id", envelope.id())
                .append("article", envelope.event().recordKey())
                .append("type", envelope.event().type().ceType())
                .append("source", envelope.source())
                .append("time", Date.from(envelope.time()))
                .append("exactTime", envelope.time().toString()) // a Date has milliseconds alone
                .append("value", EventCodec.encode(envelope).value());
        return envelope.event() instanceof ArticleChanged change
                ? document.append("version", change.article().version())
                : document;
    }

    /** Inserts it unless it is there. */
    static Publisher<UpdateResult> insertOnce(Document event, MongoCollection<Document> into) {
        var fields = event.entrySet().stream()
                .filter(field -> !field.getKey().equals("_id"))
                .map(field -> setOnInsert(field.getKey(), field.getValue()))
                .toList();
        return into.updateOne(eq("_id", event.get("_id")), combine(fields), new UpdateOptions().upsert(true));
    }

    /** False of what a withdrawn article said, which is forgotten. */
    static boolean hasValue(Document stored) {
        return stored.getString("value") != null;
    }

    /** None of what is not to be told: its article was withdrawn. */
    static Optional<PublicEvent> read(Document stored, JsonMapper json) {
        if (!hasValue(stored)) {
            return Optional.empty();
        }
        Event event = event(stored, "type", "value");
        if (event instanceof ArticleMilestone milestone) {
            if (stored.getString("articleValue") == null) {
                return Optional.empty(); // its article is withdrawn
            }
            var changed = (ArticleChanged) event(stored, "articleType", "articleValue");
            return PublicEvent.of(envelope(stored, milestone), changed.article(), json::writeValueAsString);
        }
        return PublicEvent.of(envelope(stored, event), json::writeValueAsString);
    }

    private static Event event(Document stored, String type, String value) {
        return EventCodec.read(
                EventType.of(stored.getString(type)), stored.getString(value).getBytes(UTF_8));
    }

    private static <E extends Event> Envelope<E> envelope(Document stored, E event) {
        return new Envelope<>(
                stored.getString("_id"),
                stored.getString("source"),
                Instant.parse(stored.getString("exactTime")),
                event);
    }
}
