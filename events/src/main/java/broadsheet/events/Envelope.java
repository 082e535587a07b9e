package broadsheet.events;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/**
 * An event with its CloudEvents 1.0 context.
 *
 * @param id unique per event; a UUIDv7 (RFC 9562) where we make it, or {@link #idOf}
 * @param source the service that says so, such as {@code /article-service}
 */
public record Envelope<E extends Event>(String id, String source, Instant time, E event) {

    private static final UUID NAMES = UUID.fromString("a62f5b6e-0a43-4d5e-9b0c-51d3f2c6e7a9");

    public Envelope {
        Required.text("ce_id", id);
        Required.text("ce_source", source);
        Required.present("ce_time", time);
        Required.present("data", event);
    }

    public static <E extends Event> Envelope<E> of(String source, Instant time, E event) {
        return new Envelope<>(UuidCreator.getTimeOrderedEpoch().toString(), source, time, event);
    }

    /** The id of what several may find out, each by itself: a UUIDv5 (RFC 9562) of a name that says what it is. */
    public static String idOf(String name) {
        return UuidCreator.getNameBasedSha1(NAMES, name).toString();
    }
}
