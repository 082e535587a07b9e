package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event as Kafka gets it. {@link EventCodec} makes it once; outboxes and spools store it and send it unread, so also
 * an event that only a newer version can read.
 *
 * @param key of the record, such as the article's id
 * @param headers the CloudEvents context, {@code ce_id} among it, and whatever travels with the event
 * @param value the event as JSON
 */
public record EncodedEvent(String topic, String key, Map<String, String> headers, String value) {

    private static final String ID = "ce_id";

    public EncodedEvent {
        Required.text("topic", topic);
        Required.text("key", key);
        Required.present("headers", headers);
        Required.text(ID, headers.get(ID));
        Required.present("value", value);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The event's id. */
    public String id() {
        return Required.text(ID, headers.get(ID));
    }

    /** The same event with one more header, or with another text in it. */
    public EncodedEvent withHeader(String name, String text) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, text);
        return new EncodedEvent(topic, key, more, value);
    }

    public ProducerRecord<String, byte[]> toRecord() {
        return toRecord(null, null);
    }

    /** A null leaves the partition, or the time in milliseconds, to the producer. */
    public ProducerRecord<String, byte[]> toRecord(@Nullable Integer partition, @Nullable Long time) {
        var record = new ProducerRecord<>(topic, partition, time, key, value.getBytes(UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }
}
