package broadsheet.article;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What tests do as staff and as readers, in the newsroom's words. */
final class NewsroomClient {

    static final String PASSWORD = "correct horse battery";
    static final String READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private final WebTestClient http;

    NewsroomClient(WebTestClient http) {
        this.http = http.mutate().defaultHeader(HttpHeaders.USER_AGENT, READER).build();
    }

    String token(String username) {
        return (String) Objects.requireNonNull(
                json(post(null, "/api/session", Map.of("username", username, "password", PASSWORD)))
                        .get("token"));
    }

    /** The token of a new account; one of that name is taken as it is. */
    String newAccount(String username, String role) {
        post(
                token("admin"),
                "/api/accounts",
                Map.of(
                        "username",
                        username,
                        "displayName",
                        "The " + username,
                        "password",
                        PASSWORD,
                        "roles",
                        List.of(role)));
        return token(username);
    }

    void category(String editor, String slug, String name) {
        post(editor, "/api/categories", Map.of("slug", slug, "name", name));
    }

    static Map<String, Object> content(String title, String category) {
        return Map.of(
                "title",
                title,
                "subtitle",
                "A subtitle",
                "body",
                Map.of("format", "markdown", "text", "Some *words*."),
                "category",
                category,
                "tags",
                List.of("work"));
    }

    String draft(String author, Map<String, Object> content) {
        return (String) Objects.requireNonNull(
                json(post(author, "/api/articles", content)).get("id"));
    }

    ResponseSpec move(String token, String id, String action) {
        return move(token, id, action, action.equals("approve") ? "*" : null);
    }

    ResponseSpec move(String token, String id, String action, @Nullable String ifMatch) {
        return move(token, id, Map.of("action", action), ifMatch);
    }

    ResponseSpec move(String token, String id, Map<String, String> transition, @Nullable String ifMatch) {
        return http.post()
                .uri("/api/articles/" + id + "/transitions")
                .headers(headers -> {
                    bearer(headers, token);
                    if (ifMatch != null) {
                        headers.set("If-Match", ifMatch);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(transition)
                .exchange();
    }

    String published(String author, String editor, Map<String, Object> content) {
        String id = draft(author, content);
        move(author, id, "submit").expectStatus().isOk();
        move(editor, id, "approve").expectStatus().isOk();
        move(editor, id, "publish").expectStatus().isOk();
        return id;
    }

    ResponseSpec post(@Nullable String token, String path, Object body) {
        return post(token, path, null, body);
    }

    ResponseSpec post(@Nullable String token, String path, @Nullable String ifMatch, Object body) {
        return http.post()
                .uri(path)
                .headers(headers -> {
                    bearer(headers, token);
                    if (ifMatch != null) {
                        headers.set(HttpHeaders.IF_MATCH, ifMatch);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec put(String token, String path, @Nullable String ifMatch, Object body) {
        return http.put()
                .uri(path)
                .headers(headers -> {
                    bearer(headers, token);
                    if (ifMatch != null) {
                        headers.set(HttpHeaders.IF_MATCH, ifMatch);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec delete(String token, String path) {
        return http.delete()
                .uri(path)
                .headers(headers -> {
                    bearer(headers, token);
                    headers.set(HttpHeaders.IF_MATCH, "*");
                })
                .exchange();
    }

    ResponseSpec signOut(String token) {
        return http.delete()
                .uri("/api/session")
                .headers(headers -> bearer(headers, token))
                .exchange();
    }

    ResponseSpec get(@Nullable String token, String path) {
        return http.get().uri(path).headers(headers -> bearer(headers, token)).exchange();
    }

    Map<String, Object> json(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    private static void bearer(HttpHeaders headers, @Nullable String token) {
        if (token != null) {
            headers.setBearerAuth(token);
        }
    }
}
