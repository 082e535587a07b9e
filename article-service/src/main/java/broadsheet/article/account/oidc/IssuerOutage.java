package broadsheet.article.account.oidc;

import broadsheet.kafka.OutageLog;
import broadsheet.web.problem.ProblemWriter;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers 503, and logs a line a minute, where nobody can sign in because of the issuer, or of what is set here about it. */
final class IssuerOutage {

    private static final Logger log = LoggerFactory.getLogger(IssuerOutage.class);

    /** Of RFC 6749 and OpenID Connect: what the issuer answers to a client that it does not take, and what it says of itself. */
    private static final Set<String> OF_SETTINGS_OR_ISSUER = Set.of(
            "invalid_client",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable",
            "invalid_token_response",
            "invalid_user_info_response");

    private final ProblemWriter problems;
    private final OutageLog outage;

    IssuerOutage(ProblemWriter problems, InstantSource clock) {
        this.problems = problems;
        this.outage = new OutageLog(log, clock);
    }

    /** A filter before those that ask the issuer. */
    Mono<Void> guard(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorResume(IssuerOutage::isWhy, e -> answer(exchange, e));
    }

    Mono<Void> answer(ServerWebExchange exchange, Throwable e) {
        outage.failed("Nobody can sign in at the issuer now: {}", reason(e));
        return problems.write(
                exchange,
                HttpStatus.SERVICE_UNAVAILABLE,
                "The issuer that staff signs in at does not answer as it should; try again later");
    }

    void over() {
        outage.recovered("Staff signs in at the issuer again");
    }

    static boolean isWhy(Throwable e) {
        return causes(e).anyMatch(IssuerOutage::isOutage);
    }

    private static boolean isOutage(Throwable e) {
        if (e instanceof OAuth2AuthenticationException refused) {
            return OF_SETTINGS_OR_ISSUER.contains(refused.getError().getErrorCode());
        }
        if (e instanceof OAuth2AuthorizationException refused) {
            return OF_SETTINGS_OR_ISSUER.contains(refused.getError().getErrorCode());
        }
        return e instanceof WebClientException
                || e instanceof TimeoutException
                || e instanceof DataBufferLimitException
                || e instanceof CodecException
                || e instanceof UnsupportedMediaTypeException
                || e instanceof IssuerMismatchException;
    }

    private static String reason(Throwable e) {
        return causes(e)
                .filter(IssuerOutage::isOutage)
                .reduce((outer, inner) -> inner)
                .orElse(e)
                .toString();
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(10);
    }
}
