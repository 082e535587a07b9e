package broadsheet.web.access;

import java.security.Principal;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Calls made with an API token, as against a session's. */
public final class ApiTokenCalls {

    private ApiTokenCalls() {}

    public static boolean isMadeBy(Principal who) {
        return tokenId(who).isPresent();
    }

    /** The token's id; empty where a session makes the call. */
    public static Optional<String> tokenId(Principal who) {
        return who instanceof JwtAuthenticationToken staff
                ? Optional.ofNullable(staff.getToken().getClaimAsString(KnownApiTokens.TOKEN_ID))
                : Optional.empty();
    }

    /** Whether a session, or an API token one of whose scopes is for such a call. */
    static boolean isForAnything(Authentication who) {
        return who.isAuthenticated()
                && (!isMadeBy(who) || who.getAuthorities().stream().anyMatch(StaffRoles::isRole));
    }
}
