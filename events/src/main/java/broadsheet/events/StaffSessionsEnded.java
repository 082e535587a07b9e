package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * The sessions of an account ended: it signed out, was disabled, or got another password or other roles.
 *
 * @param validFrom tokens that say an earlier one are void
 */
public record StaffSessionsEnded(String username, Instant validFrom) implements StaffEvent {

    public StaffSessionsEnded {
        Required.text("username", username);
        Required.present("validFrom", validFrom);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return "session:" + username;
    }
}
