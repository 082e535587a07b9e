package broadsheet.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.StaffSessionsEnded;
import broadsheet.events.StaffTokenIssued;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.ServiceTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ServiceTest
class StaffAccessIntegrationTests {

    private final WebTestClient http;

    StaffAccessIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
    }

    @Test
    void staffIsKnownByHeaderOrCookie() {
        is(bearer("/staff/any", StaffTokens.of("ann", "AUTHOR")), "ann");
        is(cookie("/staff/any", StaffTokens.of("ann", "AUTHOR")), "ann");
        is(bearer("/anyone", StaffTokens.of("ann", "AUTHOR")), "ann");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHOR,   author",
        "EDITOR,   author editor",
        "OPERATOR, operator",
        "ADMIN,    author editor operator admin",
        "READER,   ''"
    })
    void aRoleAllowsWhatTheRolesBelowItDo(String role, String allowed) {
        for (String path : List.of("author", "editor", "operator", "admin")) {
            var response = bearer("/staff/" + path, StaffTokens.of("ann", role));
            if (Arrays.asList(allowed.split(" ", -1)).contains(path)) {
                is(response, "ann");
            } else {
                refused(response, 403, "Your roles do not allow this");
            }
        }
    }

    @Test
    void whatTheServiceTellsOfItselfIsForOperators() {
        bearer("/actuator", StaffTokens.of("ann", "OPERATOR")).expectStatus().isOk();
        refused(bearer("/actuator", StaffTokens.of("ann", "EDITOR")), 403, "Your roles do not allow this");
        http.get().uri("/actuator/health").exchange().expectStatus().isOk();
    }

    @Test
    void nobodyIsAskedToSignIn() {
        refused(http.get().uri("/staff/author").exchange(), 401, "Sign in first: POST /api/session");
        is(http.get().uri("/anyone").exchange(), "nobody");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aHeaderThatIsNoGoodIsRefusedEvenWhereNoneIsNeeded(String token) {
        for (String path : List.of("/staff/author", "/anyone")) {
            refused(bearer(path, token), 401, "Sign in first: POST /api/session");
        }
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void aCookieThatIsNoGoodIsAsNone(String token) {
        is(cookie("/anyone", token), "nobody");
        refused(cookie("/staff/author", token), 401, "Sign in first: POST /api/session");
    }

    @Test
    void theHeaderCountsMoreThanTheCookie() {
        var response = http.get()
                .uri("/staff/admin")
                .headers(headers -> headers.setBearerAuth(StaffTokens.of("ann", "AUTHOR")))
                .cookie(SessionTokens.COOKIE, StaffTokens.of("ann", "ADMIN"))
                .exchange();
        refused(response, 403, "Your roles do not allow this");
    }

    @Test
    void anotherSchemeIsAsNone() {
        var response = http.get()
                .uri("/anyone")
                .headers(headers -> headers.setBasicAuth("ann", "password"))
                .exchange();
        is(response, "nobody");
    }

    @Test
    void aSessionThatEndedIsRefusedAndTheNextOneIsNot(@Autowired StaffSessions sessions) {
        String before = StaffTokens.of("eva", "AUTHOR");
        is(bearer("/staff/author", before), "eva");

        Instant ended = Instant.now().plusSeconds(1);
        sessions.apply(new StaffSessionsEnded("eva", ended, null));

        refused(bearer("/staff/author", before), 401, "Sign in first: POST /api/session");
        refused(cookie("/staff/author", before), 401, "Sign in first: POST /api/session");
        is(cookie("/anyone", before), "nobody");
        String after = StaffTokens.signed(StaffTokens.claims("eva", "AUTHOR")
                .claim(StaffTokens.VALID_FROM, ended.toEpochMilli())
                .build());
        is(bearer("/staff/author", after), "eva");
        is(bearer("/staff/author", StaffTokens.of("ann", "AUTHOR")), "ann");
    }

    @ParameterizedTest
    @CsvSource({
        "read,            any author editor operator, ''",
        "articles:write,  any author,                 any author",
        "operations,      any operator,               any operator"
    })
    void anApiTokenIsForItsScopesAndNeverForWhatNeedsASession(
            String scope, String read, String written, @Autowired StaffSessions sessions) {
        String token = apiToken(sessions, "ada-" + scope, "ADMIN", scope);
        for (String path : List.of("any", "author", "editor", "operator", "admin", "session")) {
            for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
                String allowed = method.equals(HttpMethod.GET) ? read : written;
                var response = http.method(method)
                        .uri("/staff/" + path)
                        .headers(headers -> headers.setBearerAuth(token))
                        .exchange();
                if (Arrays.asList(allowed.split(" ", -1)).contains(path)) {
                    is(response, "ada-" + scope);
                } else {
                    refused(response, 403, "The API token's scopes, or the roles of its account, do not allow this");
                }
            }
        }
    }

    @Test
    void anApiTokenOfAScopeThatThisReleaseDoesNotKnowIsNone(@Autowired StaffSessions sessions) {
        String token = apiToken(sessions, "una", "ADMIN", "unknown");
        refused(bearer("/staff/any", token), 401, "Sign in first: POST /api/session");
    }

    @Test
    void anApiTokenIsNoCookie(@Autowired StaffSessions sessions) {
        String token = apiToken(sessions, "cora", "ADMIN", "read");
        is(bearer("/staff/any", token), "cora");
        is(cookie("/anyone", token), "nobody");
        refused(cookie("/staff/any", token), 401, "Sign in first: POST /api/session");
    }

    @Test
    void anApiTokenEndsWithItsAccountsRoles(@Autowired StaffSessions sessions) {
        String token = apiToken(sessions, "dora", "EDITOR", "articles:publish");
        is(bearer("/staff/editor", token), "dora");
        sessions.apply(new StaffSessionsEnded("dora", Instant.now(), List.of("AUTHOR")));
        refused(
                bearer("/staff/editor", token),
                403,
                "The API token's scopes, or the roles of its account, do not allow this");
        is(bearer("/staff/author", token), "dora");
        sessions.apply(new StaffSessionsEnded("dora", Instant.now().plusSeconds(1), List.of()));
        refused(bearer("/staff/author", token), 401, "Sign in first: POST /api/session");
    }

    private static String apiToken(StaffSessions sessions, String username, String role, String scope) {
        var secret = ApiTokenSecret.random(new Random(username.hashCode()));
        sessions.apply(new StaffTokenIssued(
                secret.hash(),
                "the token of " + username,
                username,
                List.of(role),
                Instant.EPOCH,
                List.of(scope),
                null));
        return secret.text();
    }

    @Test
    void nothingIsKeptOnTheServer() {
        var answer = bearer("/staff/any", StaffTokens.of("ann", "AUTHOR"))
                .expectStatus()
                .isOk()
                .returnResult();
        assertThat(answer.getResponseCookies()).isEmpty();
    }

    static Stream<String> badTokens() {
        String[] good = StaffTokens.of("ann", "ADMIN").split("\\.", -1);
        String unsigned = base64("{\"alg\":\"none\"}") + "." + good[1] + ".";
        String forged = good[0] + "."
                + base64("{\"iss\":\"broadsheet\",\"sub\":\"eve\",\"roles\":[\"ADMIN\"],\"exp\":99999999999}") + "."
                + good[2];
        return Stream.of(
                "garbage",
                StaffTokens.signed(StaffTokens.claims("ann", "ADMIN")
                        .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                        .build()),
                StaffTokens.signed(
                        StaffTokens.newKey(), StaffTokens.claims("ann", "ADMIN").build()),
                unsigned,
                forged);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private ResponseSpec bearer(String path, String token) {
        return http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private ResponseSpec cookie(String path, String token) {
        return http.get().uri(path).cookie(SessionTokens.COOKIE, token).exchange();
    }

    private static void is(ResponseSpec response, String who) {
        response.expectStatus().isOk().expectBody(String.class).isEqualTo(who);
    }

    private static void refused(ResponseSpec response, int status, String detail) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .value("WWW-Authenticate", header -> assertThat(header == null).isEqualTo(status != 401))
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }
}
