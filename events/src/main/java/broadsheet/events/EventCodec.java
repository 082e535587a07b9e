package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as Kafka records in the binary mode of the CloudEvents Kafka protocol binding 1.0: the context in {@code ce_}
 * headers, the event as plain JSON in the value, the article's id as the key.
 */
public final class EventCodec {

    private static final String SPEC_VERSION = "1.0";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private EventCodec() {}

    public static ProducerRecord<String, byte[]> encode(Envelope<?> envelope) {
        EventType type = envelope.event().type();
        var record = new ProducerRecord<>(type.topic(), envelope.event().articleId(), data(envelope.event()));
        Headers headers = record.headers();
        headers.add("ce_specversion", SPEC_VERSION.getBytes(UTF_8));
        headers.add("ce_id", envelope.id().getBytes(UTF_8));
        headers.add("ce_source", envelope.source().getBytes(UTF_8));
        headers.add("ce_type", type.ceType().getBytes(UTF_8));
        headers.add("ce_time", envelope.time().toString().getBytes(UTF_8));
        headers.add("content-type", "application/json".getBytes(UTF_8));
        return record;
    }

    /**
     * The event in a record.
     *
     * @throws UnreadableEventException naming what is wrong: a header that is missing, a type that is unknown, a field
     *     that does not fit
     */
    public static Envelope<?> decode(ConsumerRecord<String, byte[]> record) {
        Headers headers = record.headers();
        String specVersion = header(headers, "ce_specversion");
        if (!SPEC_VERSION.equals(specVersion)) {
            throw new UnreadableEventException("Unknown CloudEvents version '" + specVersion + "'");
        }
        EventType type = EventType.of(header(headers, "ce_type"));
        if (record.value() == null) {
            throw new UnreadableEventException("The event has no data");
        }
        NewsEvent event = read(type, record.value());
        if (!event.articleId().equals(record.key())) {
            throw new UnreadableEventException(
                    "The record's key '" + record.key() + "' is not the article's id '" + event.articleId() + "'");
        }
        return new Envelope<>(header(headers, "ce_id"), header(headers, "ce_source"), time(headers), event);
    }

    /** The event as the JSON that a record's value holds. */
    public static byte[] data(NewsEvent event) {
        return JSON.writeValueAsBytes(event);
    }

    /**
     * The event of a type from its JSON.
     *
     * @throws UnreadableEventException where the JSON is malformed or a field does not fit
     */
    public static NewsEvent read(EventType type, byte[] data) {
        try {
            NewsEvent event = JSON.readValue(data, type.record());
            if (event == null) {
                throw new UnreadableEventException("The data of " + type.ceType() + " is null");
            }
            return event;
        } catch (JacksonException e) {
            throw new UnreadableEventException(
                    "The data of " + type.ceType() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length == 0) {
            throw new UnreadableEventException("The header " + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }

    private static Instant time(Headers headers) {
        String time = header(headers, "ce_time");
        try {
            return Instant.parse(time);
        } catch (DateTimeParseException e) {
            throw new UnreadableEventException("The header ce_time is not a time: '" + time + "'", e);
        }
    }
}
