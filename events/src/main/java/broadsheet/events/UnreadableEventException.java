package broadsheet.events;

import org.jspecify.annotations.Nullable;

/** A record that can never be read as an event, however often it is tried: it belongs in the dead-letter topic. */
public final class UnreadableEventException extends RuntimeException {

    public UnreadableEventException(String message) {
        this(message, null);
    }

    UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
