package broadsheet.article.account.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import broadsheet.article.account.OidcProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** What an issuer says of itself, however it answers. */
class IssuerRegistrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMillis(500);

    private volatile Function<String, Publisher<String>> answer = IssuerRegistrationTests::good;
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) ->
                    response.header("Content-Type", "application/json").sendString(answer.apply(issuer()), UTF_8))
            .bindNow();
    private final IssuerRegistration registration = new IssuerRegistration(
            new OidcProperties(issuer(), "newsroom", "its-secret", "preferred_username", "roles", ""),
            "https://news.example/login/callback",
            IssuerClient.create(TIME_LIMIT));

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void isAskedForAgainUntilItIsGood() {
        answer = issuer -> Flux.never();
        assertOutage();
        answer = issuer -> Flux.interval(Duration.ofMillis(50)).map(n -> " ");
        assertOutage();
        answer = issuer -> Flux.just("{\"issuer\": \"" + "x".repeat(300_000) + "\"}");
        assertOutage();
        answer = issuer -> Flux.just("<html>");
        assertOutage();
        answer = issuer -> Flux.empty();
        assertOutage();
        answer = issuer -> Flux.just("[]");
        assertOutage();
        answer = issuer -> Flux.just("{\"issuer\": \"" + issuer + "\"}");
        assertOutage();
        answer = issuer -> good("https://another.example");
        assertOutage();

        answer = IssuerRegistrationTests::good;
        assertThat(asked().getProviderDetails().getTokenUri()).isEqualTo(issuer() + "/token");
    }

    @Test
    void isKeptWhileTheIssuerIsAway() {
        ClientRegistration known = asked();
        server.disposeNow();
        assertThat(asked()).isSameAs(known);
    }

    @Test
    void nobodyThere() {
        server.disposeNow();
        assertOutage();
    }

    private void assertOutage() {
        assertThat(catchThrowable(this::asked)).matches(IssuerOutage::isWhy);
    }

    private ClientRegistration asked() {
        return Objects.requireNonNull(
                registration.findByRegistrationId(IssuerRegistration.ID).block());
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.port();
    }

    private static Mono<String> good(String issuer) {
        return Mono.just(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "issuer",
                        issuer,
                        "authorization_endpoint",
                        issuer + "/authorize",
                        "token_endpoint",
                        issuer + "/token",
                        "jwks_uri",
                        issuer + "/jwks",
                        "response_types_supported",
                        new String[] {"code"},
                        "subject_types_supported",
                        new String[] {"public"})));
    }
}
