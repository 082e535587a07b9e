package broadsheet.article.account;

import broadsheet.article.session.SessionProperties;
import broadsheet.article.session.SessionTokenSigner;
import broadsheet.web.access.SessionTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Begins the session of someone who is known to be who they say: its token, and the cookie that carries it. */
@Component
public class SessionStart {

    private final SessionTokenSigner tokens;
    private final StaffSessions sessions;
    private final SessionProperties properties;

    SessionStart(SessionTokenSigner tokens, StaffSessions sessions, SessionProperties properties) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.properties = properties;
    }

    /** To be asked before it is found out who someone is: an end of the sessions meanwhile ends this one too. */
    public Instant validFrom(String username) {
        return sessions.validFrom(username);
    }

    /** Signs a token; not on an event loop. */
    public Begun begin(Account account, Instant endedBefore, ServerHttpRequest request) {
        Instant ofAccount = account.sessionsValidFrom();
        Instant validFrom = ofAccount.isAfter(endedBefore) ? ofAccount : endedBefore;
        List<String> roles = account.roles().stream().map(Role::name).sorted().toList();
        Jwt jwt = tokens.issue(account.username(), roles, validFrom);
        return new Begun(
                jwt.getTokenValue(),
                Objects.requireNonNull(jwt.getExpiresAt()),
                roles,
                cookie(jwt.getTokenValue(), properties.lifetime(), request));
    }

    /** Makes a browser forget its cookie. */
    ResponseCookie noCookie(ServerHttpRequest request) {
        return cookie("", Duration.ZERO, request);
    }

    private ResponseCookie cookie(String token, Duration age, ServerHttpRequest request) {
        return ResponseCookie.from(SessionTokens.COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(properties.secureCookie()
                        || "https".equals(request.getURI().getScheme()))
                .path("/")
                .maxAge(age)
                .build();
    }

    /** A session from its token's moment on. */
    public record Begun(String token, Instant expiresAt, List<String> roles, ResponseCookie cookie) {
        @Override
        public String toString() {
            return "Begun[" + roles + "]";
        }
    }
}
