package broadsheet.article.outbox;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;

/** An event as an outbox stores it: {@code {eventId, topic, key, headers, value}}. */
final class OutboxEntry {

    static final String EVENT_ID = "eventId";

    private OutboxEntry() {}

    static Document toDocument(EncodedEvent event) {
        return new Document(EVENT_ID, event.id())
                .append("topic", event.topic())
                .append("key", event.key())
                .append("headers", new Document(new LinkedHashMap<>(event.headers())))
                .append("value", event.value());
    }

    /** @throws UnreadableEntryException where it is not what any version stored */
    static EncodedEvent toEvent(Document entry, String documentId) {
        try {
            return entry.containsKey("payload") ? ofEarlierVersion(entry, documentId) : ofThisVersion(entry);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new UnreadableEntryException(entry, e);
        }
    }

    private static EncodedEvent ofThisVersion(Document entry) {
        var headers = new LinkedHashMap<String, String>();
        entry.get("headers", Document.class).forEach((name, text) -> headers.put(name, String.valueOf(text)));
        return new EncodedEvent(entry.getString("topic"), entry.getString("key"), headers, entry.getString("value"));
    }

    /** What 0.1 stored, in the articles alone: {@code {eventId, type, time, payload}}. */
    private static EncodedEvent ofEarlierVersion(Document entry, String articleId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", entry.getString(EVENT_ID));
        headers.put("ce_source", TracedEvents.SOURCE);
        headers.put("ce_type", entry.getString("type"));
        headers.put("ce_time", entry.getDate("time").toInstant().toString());
        headers.put("content-type", "application/json");
        return new EncodedEvent(Topics.ARTICLES, articleId, headers, entry.getString("payload"));
    }
}
