package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** An event as the spool's file holds it: topic, key, number of headers, their names and texts, then the value. */
final class SpooledEvent {

    private SpooledEvent() {}

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

    static EncodedEvent fromBytes(byte[] bytes) {
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

    /** What 0.1 wrote: the view's id, source and time, then its JSON. */
    static EncodedEvent fromBytesOfEarlierVersion(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String id = in.readUTF();
            String source = in.readUTF();
            Instant time = Instant.parse(in.readUTF());
            var view = EventCodec.read(EventType.ARTICLE_VIEWED, in.readAllBytes());
            return EventCodec.encode(new Envelope<>(id, source, time, view));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
