package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An API token counts from now on, for what both its account and its scopes allow; or no longer.
 *
 * @param tokenHash SHA-256 of the token, in hexadecimal: the token itself is nowhere but with whoever asked for it
 * @param roles of the account when this was said; newer ones come by {@link StaffSessionsEnded}
 * @param rolesAsOf which of two says the newer roles; an account's goes up with each change of them
 * @param scopes what the token is for; one that a reader does not know allows nothing
 * @param expiresAt from when on it no longer counts; the epoch where it was revoked, absent where it counts for good
 */
public record StaffTokenIssued(
        String tokenHash,
        String tokenId,
        String username,
        List<String> roles,
        Instant rolesAsOf,
        List<String> scopes,
        @Nullable Instant expiresAt)
        implements StaffEvent {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public StaffTokenIssued {
        Required.match("tokenHash", HASH, tokenHash);
        Required.text("tokenId", tokenId);
        Required.text("username", username);
        Required.present("rolesAsOf", rolesAsOf);
        roles = Required.elements("roles", Required.present("roles", roles));
        scopes = Required.elements("scopes", Required.present("scopes", scopes));
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return "token:" + tokenHash;
    }
}
