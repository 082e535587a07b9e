package broadsheet.article.view;

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

/** A view as the spool keeps it: id, source, time, then the event's JSON. */
final class SpooledView {

    private SpooledView() {}

    static byte[] bytes(Envelope<?> view) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(view.id());
            out.writeUTF(view.source());
            out.writeUTF(view.time().toString());
            out.write(EventCodec.data(view.event()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Envelope<?> of(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String id = in.readUTF();
            String source = in.readUTF();
            Instant time = Instant.parse(in.readUTF());
            return new Envelope<>(id, source, time, EventCodec.read(EventType.ARTICLE_VIEWED, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
