package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * No view of any article has arrived for so long that readers, or what counts them, must be cut off.
 *
 * @param lastViewAt when the last one arrived; each silence is told once
 * @param expected the views that arrived in the same time of the second quietest of the last seven days
 */
public record ViewsStopped(Instant lastViewAt, long expected, Instant noticedAt) implements Event {

    private static final String KEY = "site";

    public ViewsStopped {
        Required.present("lastViewAt", lastViewAt);
        Required.notNegative("expected", expected);
        Required.present("noticedAt", noticedAt);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return KEY;
    }
}
