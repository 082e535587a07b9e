package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.net.URI;
import java.util.HashMap;
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

    private static final String BACK = "https://news.example/login/callback";

    private final TestIssuer issuer = TestIssuer.start(BACK);
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
                "broadsheet.oidc.roles=desk=EDITOR,ops=OPERATOR,heads=ADMIN");
        issuer.awaitStart();
    }

    @AfterAll
    void stop() {
        service().close();
        issuer.close();
    }

    @Test
    void whoTheIssuerKnowsHasASessionWithTheRolesThatItSays() {
        String session = signedIn("ann-7", claims("Ann.B", List.of("desk", "others")));
        assertThat(whoAmI(session)).containsEntry("username", "ann.b").containsEntry("roles", List.of("EDITOR"));

        String later = signedIn("ann-7", claims("Ann.B", List.of("ops")));
        assertThat(whoAmI(later)).containsEntry("roles", List.of("OPERATOR"));
        service().newsroom().get(session, "/api/session").expectStatus().isUnauthorized();
    }

    @Test
    void theRequestIsBoundToTheBrowserThatBeganIt() {
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        assertThat(there.toString())
                .startsWith(issuer.issuer() + "/oauth2/authorize?")
                .contains(
                        "response_type=code",
                        "client_id=newsroom",
                        "code_challenge_method=S256",
                        "nonce=",
                        "redirect_uri=" + BACK);
        ResponseCookie cookie = cookie(begun, "broadsheet_login");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/login");

        String code = code("eve-1", there, claims("eve", List.of("desk")));
        assertThat(back(code, state(there), cookie(begin(), "broadsheet_login").getValue()))
                .isEqualTo(401);
        assertThat(back(code, "another", cookie.getValue())).isEqualTo(401);
        assertThat(back("unknown", state(there), cookie.getValue())).isEqualTo(401);
        assertThat(back(code, state(there), cookie.getValue())).isEqualTo(200);
        assertThat(back(code, state(there), cookie.getValue())).isEqualTo(401);
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
        String code = code("eve-2", URI.create(mixed), claims("eve2", List.of("desk")));
        assertThat(back(code, state(there), cookie(begun, "broadsheet_login").getValue()))
                .isEqualTo(401);
    }

    @Test
    void whoHasNoRoleOrNoNameIsRefused() {
        assertThat(status("guest-1", claims("guest", List.of("others")))).isEqualTo(403);
        assertThat(status("guest-2", Map.of("realm", Map.of("groups", "desk")))).isEqualTo(403);
        assertThat(status("guest-3", claims("no name", List.of("desk")))).isEqualTo(403);
    }

    @Test
    void aNameThatIsGivenToSomeoneElseIsNotTheirAccount() {
        signedIn("head-1", claims("head", List.of("heads")));
        String first = signedIn("cat-1", claims("cat", List.of("desk")));
        assertThat(status("cat-2", claims("cat", List.of("desk")))).isEqualTo(403);
        String renamed = signedIn("cat-1", claims("tiger", List.of("desk")));
        assertThat(whoAmI(renamed)).containsEntry("username", "cat");
        assertThat(whoAmI(first)).containsEntry("username", "cat");

        String head = signedIn("head-1", claims("head", List.of("heads")));
        service()
                .newsroom()
                .get(head, "/api/accounts/cat")
                .expectBody()
                .jsonPath("$.identity.subject")
                .isEqualTo("cat-1");
        service()
                .newsroom()
                .delete(head, "/api/accounts/cat/identity")
                .expectStatus()
                .isNoContent();
        service()
                .newsroom()
                .delete(head, "/api/accounts/cat/identity")
                .expectStatus()
                .isNotFound();
        service().newsroom().get(first, "/api/session").expectStatus().isUnauthorized();
        assertThat(whoAmI(signedIn("cat-2", claims("cat", List.of("desk"))))).containsEntry("username", "cat");
        assertThat(whoAmI(signedIn("cat-1", claims("tiger", List.of("desk"))))).containsEntry("username", "tiger");
    }

    @Test
    void anExpiredTokenIsRefused() {
        var expired = new HashMap<>(claims("late", List.of("desk")));
        expired.put("expiredForSeconds", 120);
        assertThat(status("late-1", expired)).isEqualTo(401);
    }

    @Test
    void aTokenIsSignedWithAKeyThatTheIssuerHasNow() {
        var dan = claims("dan", List.of("desk"));
        assertThat(status("dan-1", dan)).isEqualTo(200);
        issuer.forgeTokens();
        try {
            assertThat(status("dan-1", dan)).isEqualTo(401);
        } finally {
            issuer.rotateKeys();
        }
        assertThat(status("dan-1", dan)).isEqualTo(200);
    }

    @Test
    void anIssuerThatDoesNotTakeOurSecretIsAnOutage() {
        issuer.changeClientSecret("another");
        try {
            assertThat(status("fay-1", claims("fay", List.of("desk")))).isEqualTo(503);
        } finally {
            issuer.changeClientSecret("its-secret");
        }
        assertThat(status("fay-1", claims("fay", List.of("desk")))).isEqualTo(200);
    }

    @Test
    void anIssuerThatIsAwayIsAnOutage() {
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        String code = code("gus-1", there, claims("gus", List.of("desk")));
        String cookie = cookie(begun, "broadsheet_login").getValue();
        issuer.cut();
        try {
            var away = answerTo(code, state(there), cookie);
            assertThat(away.getStatus().value()).isEqualTo(503);
            assertThat(away.getResponseHeaders().getFirst("Retry-After")).isNotNull();
            assertThat(away.getResponseBody()).contains("does not answer").doesNotContain("Exception");
        } finally {
            issuer.mend();
        }
        assertThat(back(code, state(there), cookie)).isEqualTo(200);
    }

    @Test
    void whoHasARoleNoLongerHasNoSessionAndNoTokenEither() {
        var newsroom = service().newsroom();
        String session = signedIn("left-1", claims("left", List.of("desk")));
        String token = (String)
                newsroom.json(newsroom.post(session, "/api/tokens", Map.of("name", "n", "scopes", List.of("read"))))
                        .get("token");
        newsroom.get(token, "/api/session").expectStatus().isOk();

        assertThat(status("left-1", claims("left", List.of("others")))).isEqualTo(403);
        newsroom.get(session, "/api/session").expectStatus().isUnauthorized();
        newsroom.get(token, "/api/session").expectStatus().isUnauthorized();

        assertThat(whoAmI(signedIn("left-1", claims("left", List.of("ops")))))
                .containsEntry("roles", List.of("OPERATOR"));
    }

    @Test
    void aNameThatOnlyLooksLikeAnothersIsRefused() {
        signedIn("kate-1", claims("kate", List.of("ops")));
        assertThat(status("kate-2", claims("\u212Aate", List.of("desk")))).isEqualTo(403);
    }

    @Test
    void passwordsCountNoLonger() {
        service()
                .newsroom()
                .post(null, "/api/session", Map.of("username", "admin", "password", PASSWORD))
                .expectStatus()
                .isEqualTo(409);
    }

    private String signedIn(String subject, Map<String, Object> claims) {
        var answer = answer(subject, claims);
        assertThat(answer.getStatus().value()).isEqualTo(200);
        return cookie(answer, "broadsheet_session").getValue();
    }

    private int status(String subject, Map<String, Object> claims) {
        return answer(subject, claims).getStatus().value();
    }

    private EntityExchangeResult<String> answer(String subject, Map<String, Object> claims) {
        var begun = begin();
        URI there = Objects.requireNonNull(begun.getResponseHeaders().getLocation());
        return answerTo(
                code(subject, there, claims),
                state(there),
                cookie(begun, "broadsheet_login").getValue());
    }

    /** That the issuer sends someone back with; the subject is the name that they sign in with there. */
    private String code(String subject, URI authorization, Map<String, Object> claims) {
        issuer.describe(subject, claims);
        URI back = issuer.sentBack(subject, authorization);
        assertThat(back.toString()).startsWith(BACK + "?");
        return Objects.requireNonNull(
                UriComponentsBuilder.fromUri(back).build().getQueryParams().getFirst("code"));
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

    private int back(String code, String state, String cookie) {
        return answerTo(code, state, cookie).getStatus().value();
    }

    private EntityExchangeResult<String> answerTo(String code, String state, String cookie) {
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
