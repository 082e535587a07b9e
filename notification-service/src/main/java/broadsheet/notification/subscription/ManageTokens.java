package broadsheet.notification.subscription;

import broadsheet.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets whoever has a subscription's token manage it: {@code Authorization: Bearer …} (RFC 6750). A wrong token is answered
 * like an unknown subscription.
 */
@Component
public class ManageTokens {

    private static final String SCHEME = "Bearer ";

    private final Subscriptions subscriptions;

    ManageTokens(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** The subscription; fails with a 401 without a token and a 404 without the right one. */
    public Mono<Subscription> find(String id, @Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Mono.error(tokenNeeded());
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return subscriptions
                .byId(id)
                .filter(subscription -> CapabilityTokens.matches(token, subscription.tokenHash()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "There is no subscription '" + id + "' that this token manages")));
    }

    private static ProblemException tokenNeeded() {
        var problem = new ProblemException(
                HttpStatus.UNAUTHORIZED, "The subscription's token is needed, as Authorization: Bearer …");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return problem;
    }
}
