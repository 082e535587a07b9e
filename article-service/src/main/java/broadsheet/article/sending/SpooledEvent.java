package broadsheet.article.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleViewed;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event in the spool.
 *
 * @param spooledAt when it came there
 * @param attempts when it was sent before without an answer; null where it surely is not in Kafka
 * @param redated whether Kafka refused the time at which the view was received, so that its first attempt is that time
 */
record SpooledEvent(
        EncodedEvent event, Instant spooledAt, @Nullable Attempts attempts, boolean redated) {

    private static final String TIME = "ce_time";
    private static final String SPOOLED = "ce_spooled";
    private static final String FIRST_ATTEMPT = "ce_firstattempt";
    private static final String LAST_ATTEMPT = "ce_lastattempt";

    /** The event as it is sent: its headers say that it was spooled, and when it may have reached Kafka before. */
    EncodedEvent toSend() {
        EncodedEvent spooled = event.withHeader(SPOOLED, spooledAt.toString());
        if (attempts == null) {
            return spooled;
        }
        EncodedEvent dated = redated ? received(spooled, attempts.first()) : spooled;
        return dated.withHeader(FIRST_ATTEMPT, attempts.first().toString())
                .withHeader(LAST_ATTEMPT, attempts.last().toString());
    }

    /** When it was received, as its next copy says. */
    Instant receivedAt() {
        return redated && attempts != null
                ? attempts.first()
                : Instant.parse(Objects.requireNonNull(event.headers().get(TIME)));
    }

    private static EncodedEvent received(EncodedEvent event, Instant time) {
        var view = (ArticleViewed)
                EventCodec.read(EventType.ARTICLE_VIEWED, event.value().getBytes(UTF_8));
        var dated = EventCodec.encode(Envelope.of("/article-service", time, view.receivedAt(time)));
        return new EncodedEvent(event.topic(), event.key(), event.headers(), dated.value())
                .withHeader(TIME, time.toString());
    }

    /** The event alone: topic, key, number of headers, their names and texts, then the value. */
    static byte[] toBytes(EncodedEvent event) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(event.topic());
            out.writeUTF(event.key());
            out.writeShort(event.headers().size());
            for (Map.Entry<String, String> header : event.headers().entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            out.write(event.value().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException or {@link IllegalArgumentException} where these bytes are no event */
    static EncodedEvent eventOf(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String topic = in.readUTF();
            String key = in.readUTF();
            var headers = new LinkedHashMap<String, String>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            return new EncodedEvent(topic, key, headers, new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
