package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.stream.Signal.Heartbeat;
import broadsheet.notification.stream.Signal.Overflow;
import broadsheet.notification.stream.Signal.Told;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What goes over the wire. An event without data moves a client's last id and shows it nothing (HTML, 9.2.6), so a
 * heartbeat carries one: a narrow filter does not make the id grow old.
 */
@Component
class StreamEvents {

    private final JsonMapper json;
    private final Duration retry;

    StreamEvents(JsonMapper json, NotificationProperties properties) {
        this.json = json;
        this.retry = properties.stream().retry();
    }

    /** What a client gets first: an id that it can resume from although it has heard of nothing yet. */
    ServerSentEvent<String> hello(Position from) {
        return ServerSentEvent.builder("{}")
                .id(from.encode())
                .event("hello")
                .retry(retry)
                .build();
    }

    ServerSentEvent<String> gap(Gap gap, Position from) {
        return ServerSentEvent.builder(json.writeValueAsString(gap))
                .id(from.encode())
                .event("gap")
                .build();
    }

    ServerSentEvent<String> heartbeat(Position position) {
        return ServerSentEvent.<String>builder()
                .id(position.encode())
                .comment("heartbeat")
                .build();
    }

    /** What a signal says to the client whose cursor it moves; nothing where its filter holds it back. */
    Optional<ServerSentEvent<String>> event(Signal signal, Cursor cursor) {
        if (signal instanceof Told told) {
            return cursor.passes(told) ? Optional.of(told(told, cursor.position())) : Optional.empty();
        }
        if (signal instanceof Heartbeat) {
            return Optional.of(heartbeat(cursor.position()));
        }
        return signal instanceof Overflow
                ? Optional.of(gap(new Gap(cursor.position().asOf(), Gap.Reason.OVERFLOW), cursor.position()))
                : Optional.empty();
    }

    private static ServerSentEvent<String> told(Told told, Position position) {
        return ServerSentEvent.builder(told.message().json())
                .id(position.encode())
                .event(told.message().notification().type())
                .build();
    }
}
