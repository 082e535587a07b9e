package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record as a version of the contract wrote it; readers of today and tomorrow must take it. */
record GoldenRecord(String key, Map<String, String> headers, JsonNode data) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static GoldenRecord of(EventType type) {
        return of("golden/" + type.ceType() + ".json");
    }

    /** As the first version of the contract wrote it, where a later one added fields. */
    static GoldenRecord first(EventType type) {
        return of("golden/first/" + type.ceType() + ".json");
    }

    private static GoldenRecord of(String file) {
        var stream = GoldenRecord.class.getResourceAsStream(file);
        if (stream == null) {
            throw new AssertionError("No golden payload " + file);
        }
        return JSON.readValue(stream, GoldenRecord.class);
    }

    GoldenRecord withHeader(String name, @Nullable String value) {
        var changed = new TreeMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new GoldenRecord(key, changed, data);
    }

    GoldenRecord withData(JsonNode other) {
        return new GoldenRecord(key, headers, other);
    }

    /** The payload as it is on the wire: without the white space that the file is read by. */
    byte[] value() {
        return JSON.writeValueAsBytes(data);
    }

    ConsumerRecord<String, byte[]> record() {
        return record(key, value());
    }

    @SuppressWarnings("NullAway") // as Kafka may hand it over
    ConsumerRecord<String, byte[]> record(@Nullable String otherKey, byte @Nullable [] value) {
        var record = new ConsumerRecord<String, byte[]>("any", 0, 0, otherKey, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    static Map<String, String> texts(Headers headers) {
        var texts = new TreeMap<String, String>();
        for (Header header : headers) {
            texts.put(header.key(), new String(header.value(), UTF_8));
        }
        return texts;
    }
}
