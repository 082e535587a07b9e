package broadsheet.events;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;

/**
 * An event with its CloudEvents 1.0 context.
 *
 * @param id unique per event; a UUIDv7 (RFC 9562) where we make it
 * @param source the service that says so, such as {@code /article-service}
 */
public record Envelope<E extends Event>(String id, String source, Instant time, E event) {

    public Envelope {
        Required.text("ce_id", id);
        Required.text("ce_source", source);
        Required.present("ce_time", time);
        Required.present("data", event);
    }

    public static <E extends Event> Envelope<E> of(String source, Instant time, E event) {
        return new Envelope<>(UuidCreator.getTimeOrderedEpoch().toString(), source, time, event);
    }
}
