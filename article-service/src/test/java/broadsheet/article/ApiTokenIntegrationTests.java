package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.StaffTokenIssued;
import broadsheet.events.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What programs call the API with: made, used, and no longer good. */
@ArticleServiceTest
class ApiTokenIntegrationTests {

    private final NewsroomClient newsroom;

    ApiTokenIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @Test
    void aTokenIsShownOnceAndIsAsGoodAsItsScopes() {
        String ann = newsroom.newAccount("token-ann", "EDITOR");
        newsroom.category(ann, "by-token", "By token");
        var issued = issue(ann, "Importer", List.of("articles:write"));
        String token = text(issued);
        assertThat(issued)
                .containsEntry("username", "token-ann")
                .containsEntry("name", "Importer")
                .containsEntry("scopes", List.of("articles:write"))
                .containsEntry("expiresAt", null);

        String id = newsroom.draft(token, content("Written by a program", "by-token"));
        newsroom.get(token, "/api/articles/" + id).expectStatus().isOk();
        newsroom.post(token, "/api/categories", Map.of("slug", "no", "name", "No"))
                .expectStatus()
                .isForbidden();
        assertThat(newsroom.json(newsroom.get(token, "/api/session")))
                .containsEntry("username", "token-ann")
                .containsEntry("roles", List.of("AUTHOR"))
                .containsEntry("expiresAt", null);

        var listed = newsroom.json(newsroom.get(ann, "/api/tokens"));
        assertThat(listed.toString())
                .contains((String) issued.get("id"), "Importer")
                .doesNotContain(token, "bst_");
    }

    @Test
    void itsTextIsNowhereInTheStoreNorInKafka(
            @Autowired ReactiveMongoTemplate mongo, @Autowired Environment environment) {
        String ann = newsroom.newAccount("token-secret", "AUTHOR");
        var issued = issue(ann, "Secret", List.of("read"));
        String token = text(issued);
        List<Document> stored =
                mongo.findAll(Document.class, "api_tokens").collectList().block();
        assertThat(stored).asString().contains((String) issued.get("id")).doesNotContain(token);
        try (var topic = new TopicReader(
                environment.getRequiredProperty("spring.kafka.bootstrap-servers"), Topics.STAFF_SESSIONS)) {
            await().untilAsserted(() -> assertThat(topic.events())
                    .anyMatch(event -> event.event() instanceof StaffTokenIssued published
                            && published.tokenId().equals(issued.get("id"))
                            && published.roles().equals(List.of("AUTHOR"))));
            assertThat(topic.values()).noneMatch(value -> value.contains(token));
            newsroom.delete(ann, "/api/tokens/" + issued.get("id"))
                    .expectStatus()
                    .isNoContent();
            await().untilAsserted(() -> assertThat(topic.events())
                    .anyMatch(event -> event.event() instanceof StaffTokenIssued published
                            && published.tokenId().equals(issued.get("id"))
                            && Instant.EPOCH.equals(published.expiresAt())));
        }
    }

    @Test
    void aTokenThatIsRevokedCountsNoLonger() {
        String ann = newsroom.newAccount("token-revoked", "AUTHOR");
        String other = newsroom.newAccount("token-other", "EDITOR");
        var issued = issue(ann, "Gone", List.of("read"));
        String path = "/api/tokens/" + issued.get("id");
        newsroom.delete(other, path).expectStatus().isNotFound();
        newsroom.get(text(issued), "/api/session").expectStatus().isOk();
        newsroom.delete(ann, path).expectStatus().isNoContent();
        newsroom.get(text(issued), "/api/session").expectStatus().isUnauthorized();
        newsroom.get(text(issued), "/api/articles").expectStatus().isUnauthorized();
        newsroom.delete(ann, path).expectStatus().isNotFound();
        assertThat(newsroom.json(newsroom.get(ann, "/api/tokens")).get("items")).isEqualTo(List.of());
    }

    @Test
    void anAdministratorSeesAndRevokesAnyones() {
        String ann = newsroom.newAccount("token-seen", "AUTHOR");
        String admin = newsroom.token("admin");
        var issued = issue(ann, "Seen", List.of("read"));
        assertThat(newsroom.json(newsroom.get(admin, "/api/tokens?username=token-seen"))
                        .toString())
                .contains((String) issued.get("id"));
        newsroom.get(ann, "/api/tokens?username=admin").expectStatus().isForbidden();
        newsroom.delete(admin, "/api/tokens/" + issued.get("id")).expectStatus().isNoContent();
        newsroom.get(text(issued), "/api/session").expectStatus().isUnauthorized();
    }

    @Test
    void aTokenLosesWhatItsAccountLosesAndOutlivesItsSessions() {
        String ann = newsroom.newAccount("token-demoted", "EDITOR");
        String admin = newsroom.token("admin");
        String token = text(issue(ann, "Publisher", List.of("articles:publish")));
        newsroom.signOut(ann).expectStatus().isNoContent();
        assertThat(roles(token)).isEqualTo(List.of("AUTHOR", "EDITOR"));
        account(admin, "token-demoted", "AUTHOR", false);
        assertThat(roles(token)).isEqualTo(List.of("AUTHOR"));
        account(admin, "token-demoted", "AUTHOR", true);
        newsroom.get(token, "/api/session").expectStatus().isUnauthorized();
        account(admin, "token-demoted", "EDITOR", false);
        assertThat(roles(token)).isEqualTo(List.of("AUTHOR", "EDITOR"));
    }

    @Test
    void aTokenOfWhichNoRoleIsLeftSeesNoDrafts() {
        String ann = newsroom.newAccount("token-moved", "EDITOR");
        newsroom.category(ann, "unseen-by-token", "Unseen by token");
        String draft = newsroom.draft(ann, content("Not for operators' tokens", "unseen-by-token"));
        String token = text(issue(ann, "Publisher", List.of("articles:publish")));
        newsroom.get(token, "/api/articles/" + draft).expectStatus().isOk();
        account(newsroom.token("admin"), "token-moved", "OPERATOR", false);
        newsroom.get(token, "/api/articles/" + draft).expectStatus().isUnauthorized();
        newsroom.get(token, "/api/articles?status=draft").expectStatus().isUnauthorized();
    }

    @Test
    void aTokenMakesNoTokensAndEndsNoSessions() {
        String admin = newsroom.token("admin");
        String token = text(issue(admin, "All", List.of("read", "articles:write", "articles:publish", "operations")));
        newsroom.post(token, "/api/tokens", Map.of("name", "n", "scopes", List.of("read")))
                .expectStatus()
                .isForbidden();
        newsroom.get(token, "/api/tokens").expectStatus().isForbidden();
        newsroom.signOut(token).expectStatus().isForbidden();
        newsroom.put(token, "/api/session/password", null, Map.of("current", NewsroomClient.PASSWORD, "new", "x"))
                .expectStatus()
                .isForbidden();
        newsroom.get(token, "/api/accounts").expectStatus().isForbidden();
        newsroom.post(token, "/api/accounts", Map.of()).expectStatus().isForbidden();
        newsroom.delete(token, "/api/sessions").expectStatus().isForbidden();
    }

    @ParameterizedTest
    @CsvSource({
        "name,      ' '",
        "scopes,    none",
        "scopes[0], unknown",
        "expiresAt, 2020-01-01T00:00:00Z",
        "expiresAt, tomorrow",
        "expiresAt, +12026-01-01T00:00:00Z"
    })
    void whatDoesNotFitIsRefused(String field, String value) {
        String ann = newsroom.newAccount("token-bad", "AUTHOR");
        var request = new HashMap<String, Object>(Map.of("name", "Bad", "scopes", List.of("read")));
        switch (field) {
            case "scopes" -> request.put("scopes", List.of());
            case "scopes[0]" -> request.put("scopes", List.of(value));
            default -> request.put(field, value);
        }
        newsroom.post(ann, "/api/tokens", request)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void anAccountHasSoManyTokens() {
        String ann = newsroom.newAccount("token-many", "AUTHOR");
        for (int n = 0; n < 100; n++) {
            issue(ann, "n" + n, List.of("read"));
        }
        newsroom.post(ann, "/api/tokens", Map.of("name", "n", "scopes", List.of("read")))
                .expectStatus()
                .isEqualTo(409);
        newsroom.get(ann, "/api/tokens")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(100);
    }

    @Test
    void whoMakesAndRevokesTokensAllTheTimeIsHeldUp() {
        String ann = newsroom.newAccount("token-loop", "AUTHOR");
        for (int n = 0; n < 150; n++) {
            var issued = issue(ann, "n" + n, List.of("read"));
            newsroom.delete(ann, "/api/tokens/" + issued.get("id"))
                    .expectStatus()
                    .isNoContent();
        }
        newsroom.post(ann, "/api/tokens", Map.of("name", "n", "scopes", List.of("read")))
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After");
    }

    private Map<String, Object> issue(String session, String name, List<String> scopes) {
        return newsroom.json(newsroom.post(session, "/api/tokens", Map.of("name", name, "scopes", scopes)));
    }

    private static String text(Map<String, Object> issued) {
        return (String) Objects.requireNonNull(issued.get("token"));
    }

    private @Nullable Object roles(String token) {
        return newsroom.json(newsroom.get(token, "/api/session")).get("roles");
    }

    private void account(String admin, String username, String role, boolean disabled) {
        newsroom.put(
                        admin,
                        "/api/accounts/" + username,
                        "*",
                        Map.of("displayName", username, "roles", List.of(role), "disabled", disabled))
                .expectStatus()
                .isOk();
    }
}
