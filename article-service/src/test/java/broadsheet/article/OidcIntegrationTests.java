package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.util.UriComponentsBuilder;

/** Signing in at an issuer, instead of with a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIntegrationTests {

    private final StubIssuer issuer = new StubIssuer();
    private @Nullable ServiceInstance service;

    @BeforeAll
    void start() {
        service = ServiceInstance.start(
                TestServers.mongoUri("oidc-" + UUID.randomUUID()),
                TestServers.bootstrapServers(),
                "broadsheet.site.base-url=https://news.example",
                "broadsheet.oidc.issuer=" + issuer.issuer(),
                "broadsheet.oidc.client-id=newsroom",
                "broadsheet.oidc.client-secret=its-secret",
                "broadsheet.oidc.roles-claim=realm.groups",
                "broadsheet.oidc.roles=desk=EDITOR,ops=OPERATOR");
    }

    @AfterAll
    void stop() {
        service().close();
        issuer.close();
    }

    @Test
    void whoTheIssuerKnowsHasASessionWithTheRolesThatItSays() {
        String session = signedIn("Ann.B", List.of("desk", "others"));
        assertThat(whoAmI(session)).containsEntry("username", "ann.b").containsEntry("roles", List.of("EDITOR"));

        String later = signedIn("Ann.B", List.of("ops"));
        assertThat(whoAmI(later)).containsEntry("roles", List.of("OPERATOR"));
        service().newsroom().get(session, "/api/session").expectStatus().isUnauthorized();
    }

    @Test
    void theRequestIsBoundToTheBrowserThatBeganIt() {
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        assertThat(there.toString())
                .startsWith(issuer.issuer() + "/authorize?")
                .contains(
                        "response_type=code",
                        "client_id=newsroom",
                        "code_challenge_method=S256",
                        "nonce=",
                        "redirect_uri=https://news.example/login/callback");
        ResponseCookie cookie = cookie(begun, "broadsheet_login");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/login");

        issuer.grant("stolen", there.toString(), claims("eve", List.of("desk")));
        assertThat(back(
                                "stolen",
                                state(there),
                                cookie(begin(), "broadsheet_login").getValue())
                        .getStatus()
                        .value())
                .isEqualTo(401);
        assertThat(back("stolen", "another", cookie.getValue()).getStatus().value())
                .isEqualTo(401);
        assertThat(back("unknown", state(there), cookie.getValue()).getStatus().value())
                .isEqualTo(401);
    }

    @Test
    void aTokenForAnotherRequestIsRefused() {
        URI other = Objects.requireNonNull(begin().getResponseHeaders().getLocation());
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        String challenge = Objects.requireNonNull(
                UriComponentsBuilder.fromUri(there).build().getQueryParams().getFirst("code_challenge"));
        String mixed = UriComponentsBuilder.fromUri(other)
                .replaceQueryParam("code_challenge", challenge)
                .build(true)
                .toUriString();
        issuer.grant("mixed", mixed, claims("eve", List.of("desk")));
        assertThat(back("mixed", state(there), cookie(begun, "broadsheet_login").getValue())
                        .getStatus()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void whoHasNoRoleOrNoNameIsRefused() {
        assertThat(answer(claims("guest", List.of("others"))).getStatus().value())
                .isEqualTo(403);
        assertThat(answer(Map.of("realm", Map.of("groups", "desk"))).getStatus().value())
                .isEqualTo(403);
        assertThat(answer(claims("no name", List.of("desk"))).getStatus().value())
                .isEqualTo(403);
    }

    @Test
    void whoHasARoleNoLongerHasNoSessionAndNoTokenEither() {
        var newsroom = service().newsroom();
        String session = signedIn("left", List.of("desk"));
        String token = (String)
                newsroom.json(newsroom.post(session, "/api/tokens", Map.of("name", "n", "scopes", List.of("read"))))
                        .get("token");
        newsroom.get(token, "/api/session").expectStatus().isOk();

        assertThat(answer(claims("left", List.of("others"))).getStatus().value())
                .isEqualTo(403);
        newsroom.get(session, "/api/session").expectStatus().isUnauthorized();
        newsroom.get(token, "/api/session").expectStatus().isUnauthorized();

        assertThat(whoAmI(signedIn("left", List.of("ops")))).containsEntry("roles", List.of("OPERATOR"));
    }

    @Test
    void aNameThatOnlyLooksLikeAnothersIsRefused() {
        signedIn("kate", List.of("ops"));
        assertThat(answer(claims("\u212Aate", List.of("desk"))).getStatus().value())
                .isEqualTo(403);
    }

    @Test
    void passwordsCountNoLonger() {
        service()
                .newsroom()
                .post(null, "/api/session", Map.of("username", "admin", "password", PASSWORD))
                .expectStatus()
                .isEqualTo(409);
    }

    private String signedIn(String username, List<String> groups) {
        var answer = answer(claims(username, groups));
        assertThat(answer.getStatus().value()).isEqualTo(200);
        return cookie(answer, "broadsheet_session").getValue();
    }

    private EntityExchangeResult<String> answer(Map<String, Object> claims) {
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        String code = UUID.randomUUID().toString();
        issuer.grant(code, there.toString(), claims);
        return back(code, state(there), cookie(begun, "broadsheet_login").getValue());
    }

    private EntityExchangeResult<String> begin() {
        return service()
                .http()
                .get()
                .uri("/login")
                .exchange()
                .expectStatus()
                .is3xxRedirection()
                .expectBody(String.class)
                .returnResult();
    }

    private EntityExchangeResult<String> back(String code, String state, String cookie) {
        return service()
                .http()
                .get()
                .uri(builder -> builder.path("/login/callback")
                        .queryParam("code", "{code}")
                        .queryParam("state", "{state}")
                        .build(code, state))
                .cookie("broadsheet_login", cookie)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private Map<String, Object> whoAmI(String session) {
        return service().newsroom().json(service().newsroom().get(session, "/api/session"));
    }

    private ServiceInstance service() {
        return Objects.requireNonNull(service);
    }

    private static Map<String, Object> claims(String username, List<String> groups) {
        return Map.of("preferred_username", username, "name", "The " + username, "realm", Map.of("groups", groups));
    }

    private static String state(URI authorization) {
        String state = UriComponentsBuilder.fromUri(authorization)
                .build()
                .getQueryParams()
                .getFirst("state");
        return Objects.requireNonNull(state).replace("%3D", "=");
    }

    private static ResponseCookie cookie(EntityExchangeResult<String> answer, String name) {
        return Objects.requireNonNull(answer.getResponseCookies().getFirst(name));
    }
}
