package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What is sent again with its {@code Idempotency-Key} is done once. */
@ArticleServiceTest
class IdempotencyIntegrationTests {

    private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final ReactiveMongoTemplate mongo;

    @LocalServerPort
    private int port;

    IdempotencyIntegrationTests(@Autowired WebTestClient http, @Autowired ReactiveMongoTemplate mongo) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.mongo = mongo;
    }

    @BeforeEach
    void category() {
        newsroom.category(newsroom.token("admin"), "once", "Once");
    }

    @Test
    void whatIsSentAgainIsAnsweredAgain() {
        String ann = newsroom.newAccount("once-again", "AUTHOR");
        var first = post(ann, "/api/articles", KEY, content("Once", "once"));
        var again = post(ann, "/api/articles", "\"" + KEY + "\"", content("Once", "once"));
        assertThat(first.getStatus().value()).isEqualTo(201);
        assertThat(again.getStatus().value()).isEqualTo(201);
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        for (String header : List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE)) {
            assertThat(again.getResponseHeaders().get(header))
                    .isNotNull()
                    .isEqualTo(first.getResponseHeaders().get(header));
        }
        assertThat(again.getResponseHeaders().getCacheControl()).isEqualTo("private, no-store");
        assertThat(first.getResponseHeaders().getFirst("Idempotent-Replayed")).isNull();
        assertThat(again.getResponseHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
        assertThat(drafts("once-again")).hasSize(1);

        post(ann, "/api/articles", "another-key", content("Once", "once"));
        post(newsroom.newAccount("once-other", "AUTHOR"), "/api/articles", KEY, content("Once", "once"));
        assertThat(drafts("once-again")).hasSize(2);
        assertThat(drafts("once-other")).hasSize(1);
    }

    @Test
    void aKeyIsForOneRequest() {
        String ann = newsroom.newAccount("once-key", "EDITOR");
        post(ann, "/api/articles", KEY, content("One", "once"));
        var other = post(ann, "/api/articles", KEY, content("Other", "once"));
        assertThat(other.getStatus().value()).isEqualTo(422);
        assertThat(other.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(drafts("once-key")).hasSize(1);
        var category = post(ann, "/api/categories", KEY, Map.of("slug", "once-key", "name", "Key"));
        assertThat(category.getStatus().value()).isEqualTo(201);
    }

    @Test
    void whatIsRefusedLeavesTheKeyFree() {
        String ann = newsroom.newAccount("once-refused", "AUTHOR");
        var refused = post(ann, "/api/articles", KEY, content("", "once"));
        assertThat(refused.getStatus().value()).isEqualTo(400);
        var taken = post(ann, "/api/articles", KEY, content("Better", "once"));
        assertThat(taken.getStatus().value()).isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsDone() {
        String ann = newsroom.newAccount("once-many", "AUTHOR");
        List<Integer> answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(n -> post(ann, "/api/articles", KEY, content("Many", "once"))
                        .getStatus()
                        .value())
                .toList();
        assertThat(answers).contains(201).isSubsetOf(201, 409);
        assertThat(drafts("once-many")).hasSize(1);
    }

    @Test
    void aSecretIsAnsweredAgainAndKeptNowhere() {
        String admin = newsroom.token("admin");
        var token = Map.of("name", "Once", "scopes", List.of("read"));
        var first = post(admin, "/api/tokens", KEY, token);
        assertThat(post(admin, "/api/tokens", KEY, token).getResponseBody()).isEqualTo(first.getResponseBody());
        var account =
                Map.of("username", "once-new", "displayName", "New", "password", PASSWORD, "roles", List.of("AUTHOR"));
        assertThat(post(admin, "/api/accounts", KEY, account).getStatus().value())
                .isEqualTo(201);
        assertThat(post(admin, "/api/accounts", KEY, account).getStatus().value())
                .isEqualTo(201);

        List<Document> calls = Objects.requireNonNull(
                mongo.findAll(Document.class, "idempotent_calls").collectList().block());
        assertThat(calls).isNotEmpty().allSatisfy(call -> {
            String stored = call.toJson()
                    + (call.get("answer") instanceof Binary answer ? new String(answer.getData(), UTF_8) : "");
            assertThat(stored).doesNotContain(PASSWORD, "bst_", KEY, "once-new", "displayName");
        });
    }

    @Test
    void aCallGoesOnWhereItsClientLeaves() throws IOException {
        String ann = newsroom.newAccount("once-left", "AUTHOR");
        String body = "{\"title\": \"Left\", \"body\": {\"format\": \"markdown\", \"text\": \"Text\"},"
                + " \"category\": \"once\"}";
        long before = calls();
        try (var socket = new Socket("localhost", port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST /api/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ann
                                    + "\r\nIdempotency-Key: " + KEY + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(UTF_8));
            socket.getOutputStream().flush();
            await().until(() -> calls() > before);
        }
        await().untilAsserted(() -> assertThat(drafts("once-left")).hasSize(1));
        await().untilAsserted(() -> assertThat(http.post()
                        .uri("/api/articles")
                        .headers(headers -> {
                            headers.setBearerAuth(ann);
                            headers.set("Idempotency-Key", KEY);
                        })
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .value())
                .isEqualTo(201));
        assertThat(drafts("once-left")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"open", "a, b", "a b c\\", "\u00e9"})
    void aKeyIsAString(String key) {
        String ann = newsroom.newAccount("once-bad", "AUTHOR");
        http.post()
                .uri("/api/articles")
                .headers(headers -> {
                    headers.setBearerAuth(ann);
                    headers.set("Idempotency-Key", key);
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(content("Bad", "once"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Idempotency-Key");
    }

    private EntityExchangeResult<String> post(String token, String path, String key, Object body) {
        return http.post()
                .uri(path)
                .headers(headers -> {
                    headers.setBearerAuth(token);
                    headers.set("Idempotency-Key", key);
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }

    private long calls() {
        return Objects.requireNonNull(
                mongo.count(new Query(), "idempotent_calls").block());
    }

    private List<?> drafts(String author) {
        String admin = newsroom.token("admin");
        return (List<?>) Objects.requireNonNull(newsroom.json(newsroom.get(admin, "/api/articles?author=The " + author))
                .get("items"));
    }
}
