package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of an account ended: it signed out, was disabled, or got another password or other roles.
 *
 * @param validFrom tokens that say an earlier one are void
 * @param roles what its API tokens may be used for from then on: none where it is disabled; absent in what earlier
 *     releases sent, which had no such tokens
 */
public record StaffSessionsEnded(
        String username, Instant validFrom, @Nullable List<String> roles) implements StaffEvent {

    public StaffSessionsEnded {
        Required.text("username", username);
        Required.present("validFrom", validFrom);
        roles = roles == null ? null : Required.elements("roles", roles);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return "session:" + username;
    }
}
