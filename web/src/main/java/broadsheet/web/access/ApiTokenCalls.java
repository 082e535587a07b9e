package broadsheet.web.access;

import java.security.Principal;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Calls made with an API token, as against a session's. */
public final class ApiTokenCalls {

    private ApiTokenCalls() {}

    public static boolean isMadeBy(Principal who) {
        return who instanceof JwtAuthenticationToken staff && staff.getToken().hasClaim(KnownApiTokens.TOKEN_ID);
    }

    /** Whether a session, or an API token one of whose scopes is for such a call. */
    static boolean isForAnything(Authentication who) {
        return who.isAuthenticated()
                && (!isMadeBy(who) || who.getAuthorities().stream().anyMatch(StaffRoles::isRole));
    }
}
