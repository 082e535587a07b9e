package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ArticleServiceTest
class SessionIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;

    SessionIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @Test
    void aSessionIsATokenAndACookieThatScriptsAndOtherSitesDoNotGet() {
        newsroom.newAccount("ann", "AUTHOR");
        signIn("ann", PASSWORD)
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        HttpHeaders.SET_COOKIE,
                        cookie -> assertThat(cookie)
                                .contains(
                                        "broadsheet_session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
                                .doesNotContain("Secure"))
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.roles[0]")
                .isEqualTo("AUTHOR");
    }

    @Test
    void theCookieIsAsGoodAsTheTokenUntilOneSignsOut() {
        String token = newsroom.newAccount("ann", "AUTHOR");
        http.get()
                .uri("/api/session")
                .cookie("broadsheet_session", token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.username")
                .isEqualTo("ann");
        http.delete()
                .uri("/api/session")
                .cookie("broadsheet_session", token)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .value(
                        HttpHeaders.SET_COOKIE,
                        cookie -> assertThat(cookie).contains("broadsheet_session=;", "Max-Age=0"));
    }

    @Test
    void aCookieThatIsNoLongerGoodIsAsNone() {
        http.get()
                .uri("/api/articles")
                .cookie("broadsheet_session", "expired")
                .exchange()
                .expectStatus()
                .isOk();
        newsroom.get(null, "/api/session").expectStatus().isUnauthorized();
    }

    @Test
    void whoeverGuessesIsSlowedDownAndNobodyElseIs() {
        newsroom.newAccount("eve", "AUTHOR");
        for (int n = 0; n < 5; n++) {
            signIn("eve", "wrong-password").expectStatus().isUnauthorized();
        }
        signIn("eve", PASSWORD).expectStatus().isEqualTo(429).expectHeader().exists(HttpHeaders.RETRY_AFTER);
        signIn("admin", PASSWORD).expectStatus().isOk();
    }

    @Test
    void anUnknownNameAndAWrongPasswordAreToldApartByNothing() {
        newsroom.newAccount("bob", "AUTHOR");
        String unknown = body(signIn("nobody", "wrong-password"));
        assertThat(body(signIn("bob", "wrong-password"))).isEqualTo(unknown);
    }

    @Test
    void aNewPasswordReplacesTheOld() {
        String admin = newsroom.token("admin");
        newsroom.newAccount("zoe", "AUTHOR");
        Map<String, Object> change =
                Map.of("displayName", "Zoe", "password", "another good one", "roles", List.of("EDITOR"));
        newsroom.put(admin, "/api/accounts/zoe", "*", change).expectStatus().isOk();

        signIn("zoe", PASSWORD).expectStatus().isUnauthorized();
        signIn("zoe", "another good one")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.roles[0]")
                .isEqualTo("EDITOR");
        newsroom.put(
                        admin,
                        "/api/accounts/zoe",
                        "*",
                        Map.of("displayName", "Zoe", "password", "short", "roles", List.of("AUTHOR")))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
        newsroom.put(admin, "/api/accounts/admin", "*", Map.of("displayName", "A", "roles", List.of("AUTHOR")))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void aDisabledAccountCannotSignInUntilItIsEnabled() {
        String admin = newsroom.token("admin");
        newsroom.newAccount("dan", "AUTHOR");
        String unknown = body(signIn("nobody", PASSWORD));
        Map<String, Object> disabling = Map.of("displayName", "Dan", "roles", List.of("AUTHOR"), "disabled", true);
        newsroom.put(admin, "/api/accounts/dan", "*", disabling)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.disabled")
                .isEqualTo(true);
        assertThat(body(signIn("dan", PASSWORD))).isEqualTo(unknown);

        Map<String, Object> enabling = Map.of("displayName", "Dan", "roles", List.of("AUTHOR"));
        newsroom.put(admin, "/api/accounts/dan", "*", enabling).expectStatus().isOk();
        signIn("dan", PASSWORD).expectStatus().isOk();
    }

    @Test
    void anAccountOfAnEarlierVersionIsEnabled(@Autowired ReactiveMongoTemplate mongo) {
        newsroom.newAccount("old", "AUTHOR");
        var old = Query.query(Criteria.where("_id").is("old"));
        var updated = mongo.updateFirst(old, new Update().unset("disabled"), "accounts")
                .block();
        assertThat(updated).isNotNull().matches(result -> result.getModifiedCount() == 1);
        signIn("old", PASSWORD).expectStatus().isOk();
    }

    @Test
    void theFirstAdministratorIsNeverDisabled() {
        Map<String, Object> disabling = Map.of("displayName", "A", "roles", List.of("ADMIN"), "disabled", true);
        newsroom.put(newsroom.token("admin"), "/api/accounts/admin", "*", disabling)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("disabled");
    }

    private ResponseSpec signIn(String username, String password) {
        return newsroom.post(null, "/api/session", Map.of("username", username, "password", password));
    }

    private static String body(ResponseSpec response) {
        return String.valueOf(response.expectStatus()
                .isUnauthorized()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
