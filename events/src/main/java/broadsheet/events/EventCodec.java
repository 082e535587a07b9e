package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static tools.jackson.databind.cfg.CoercionAction.Fail;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Events as Kafka records in the binary mode of the CloudEvents Kafka protocol binding 1.0: the context in {@code ce_}
 * headers, the event as plain JSON in the value, what it is about as the key.
 */
public final class EventCodec {

    private static final String SPEC_VERSION = "1.0";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // what the schemas refuse is not read as something else: a number is no text and no enum's name
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Boolean, Fail)
                            .setCoercion(CoercionInputShape.Integer, Fail)
                            .setCoercion(CoercionInputShape.Float, Fail))
            .addModule(new SimpleModule().addDeserializer(Instant.class, new Rfc3339InstantDeserializer()))
            .build();

    private EventCodec() {}

    public static EncodedEvent encode(Envelope<?> envelope) {
        EventType type = envelope.event().type();
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", SPEC_VERSION);
        headers.put("ce_id", envelope.id());
        headers.put("ce_source", envelope.source());
        headers.put("ce_type", type.ceType());
        headers.put("ce_time", envelope.time().toString());
        headers.put("content-type", "application/json");
        return new EncodedEvent(type.topic(), envelope.event().recordKey(), headers, value(envelope.event()));
    }

    /** The event as the JSON that a record's value holds. */
    static String value(Event event) {
        return JSON.writeValueAsString(event);
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
        Event event = read(type, record.value());
        if (!event.recordKey().equals(record.key())) {
            throw new UnreadableEventException(
                    "The record's key '" + record.key() + "' is not that of its event, '" + event.recordKey() + "'");
        }
        return new Envelope<>(header(headers, "ce_id"), header(headers, "ce_source"), time(headers), event);
    }

    /**
     * The event of a type from its JSON.
     *
     * @throws UnreadableEventException where the JSON is malformed or a field does not fit
     */
    public static Event read(EventType type, byte[] data) {
        ArticleViewed view = type == EventType.ARTICLE_VIEWED ? ArticleViewedReader.read(data) : null;
        return view == null ? readByReflection(type, data) : view;
    }

    static Event readByReflection(EventType type, byte[] data) {
        try {
            Event event = JSON.readValue(data, type.record());
            if (event == null) {
                throw new UnreadableEventException("The data of " + type.ceType() + " is null");
            }
            return event;
        } catch (JacksonException e) {
            throw new UnreadableEventException("The data of " + type.ceType() + " cannot be read: " + reason(e), e);
        }
    }

    /** What the record's own constructor said, where it spoke; else what Jackson says, with the field's path. */
    private static String reason(JacksonException e) {
        if (e.getCause() instanceof IllegalArgumentException own) {
            return String.valueOf(own.getMessage());
        }
        String field = e.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(joining("."));
        return field.isEmpty() ? e.getOriginalMessage() : field + ": " + e.getOriginalMessage();
    }

    private static String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        String text = header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
        if (text.isBlank()) {
            throw new UnreadableEventException("The header " + name + " is missing");
        }
        return text;
    }

    private static Instant time(Headers headers) {
        String time = header(headers, "ce_time");
        try {
            return Rfc3339.parse(time);
        } catch (DateTimeParseException e) {
            throw new UnreadableEventException("The header ce_time is not a time: '" + time + "'", e);
        }
    }
}
