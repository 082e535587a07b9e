package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;

/** What no well-meaning client sends. */
@ArticleServiceTest
class MalformedInputIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private String author = "";

    @LocalServerPort
    private int port;

    MalformedInputIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        newsroom.category(newsroom.newAccount("ed", "EDITOR"), "company-news", "Company News");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title           | {"title": 7, "body": {"format": "markdown", "text": "x"}, "category": "company-news"}
            title           | {"title": true, "body": {"format": "markdown", "text": "x"}, "category": "company-news"}
            title           | {"title": ["x"], "body": {"format": "markdown", "text": "x"}, "category": "company-news"}
            body            | {"title": "x", "body": [], "category": "company-news"}
            body            | {"title": "x", "body": "text", "category": "company-news"}
            body.format     | {"title": "x", "body": {"format": 0, "text": "x"}, "category": "company-news"}
            body.colour     | {"title": "x", "body": {"format": "markdown", "text": "x", "colour": 1}, "category": "company-news"}
            tags            | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "tags": "a"}
            tags[1]         | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "tags": ["a", 7]}
            tags[0]         | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "tags": [" "]}
            credits[0].name | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "credits": [{"role": "Copy"}]}
            credits[0].age  | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "credits": [{"role": "Copy", "name": "A", "age": 3}]}
            credits[1].role | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "credits": [{"role": "Copy", "name": "A"}, {"role": "Reviewed by", "name": "B"}]}
            credits[0].role | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "credits": [{"role": " RE\u200dVIEWED  by: ", "name": "B"}]}
            slug            | {"title": "x", "body": {"format": "markdown", "text": "x"}, "category": "company-news", "slug": "Not A Slug"}
            title           | {"title": "a\\u0000b", "body": {"format": "markdown", "text": "x"}, "category": "company-news"}
            body            | {"title": "x", "title": "y", "body": {"format": "markdown", "text": "x"}, "category": "company-news"}
            body            | {"title": "x"} trailing
            body            | [1, 2
            """)
    void theFieldThatIsWrongIsNamed(String field, String json) {
        problem(newsroom.post(author, "/api/articles", json), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        byte[] broken = "{\"title\": \"X\", \"category\": \"y\"}".getBytes(UTF_8);
        broken[11] = (byte) 0xff;
        problem(send(HttpMethod.POST, MediaType.APPLICATION_JSON, broken), 400);
    }

    @Test
    void halfACharacterAndNoCharacterAreNoServerError() {
        var content = new HashMap<>(content("Half", "company-news"));
        content.put("body", Map.of("format", "markdown", "text", "a\0b"));
        newsroom.post(author, "/api/articles", content).expectStatus().isCreated();
        int status = newsroom.post(
                        author,
                        "/api/articles",
                        "{\"title\": \"\\ud800\", \"body\": {\"format\": \"markdown\", \"text\": \"x\"}, \"category\": \"company-news\"}")
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
        assertThat(status).isLessThan(500);
    }

    @Test
    void aBodyTooLargeIsRefusedWithoutALengthAsWell() {
        var buffers = new DefaultDataBufferFactory();
        byte[] piece = "x".repeat(64 << 10).getBytes(UTF_8);
        problem(
                http.post()
                        .uri("/api/articles")
                        .header(HttpHeaders.AUTHORIZATION, "Bearer " + author)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(
                                Flux.concat(
                                        Flux.just(buffers.wrap("{\"title\": \"".getBytes(UTF_8))),
                                        Flux.range(0, 40).map(n -> buffers.wrap(piece))),
                                org.springframework.core.io.buffer.DataBuffer.class)
                        .exchange(),
                413);
    }

    @Test
    void whoHasNoSessionMaySendNoLargeBody() {
        String large = "{\"username\": \"" + "x".repeat(20_000) + "\"}";
        http.post()
                .uri("/api/session")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(large)
                .exchange()
                .expectStatus()
                .isEqualTo(413);
        http.post()
                .uri("/api/session")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.just(large.substring(0, 10_000), large.substring(10_000)), String.class)
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void aPathThatBeginsWithTwoSlashesIsNoServerError() {
        http.get()
                .uri(URI.create("http://localhost:" + port + "//"))
                .exchange()
                .expectStatus()
                .is4xxClientError();
    }

    @Test
    void whatTakesManyStepsToMatchIsRefusedFirst() {
        String id = newsroom.draft(author, NewsroomClient.content("x", "company-news"));
        newsroom.put(author, "/api/articles/" + id, "\"\"" + ",\"\"".repeat(4_000), Map.of())
                .expectStatus()
                .isBadRequest();
        var content = new HashMap<String, Object>(NewsroomClient.content("x", "company-news"));
        content.put("language", "aa" + "-a".repeat(20_000));
        newsroom.post(author, "/api/articles", content).expectStatus().isBadRequest();
        content.remove("language");
        content.put("slug", "a" + "-a".repeat(20_000));
        newsroom.post(author, "/api/articles", content).expectStatus().isBadRequest();
    }

    @Test
    void idsMayHoldAnythingAndFindNothing() {
        for (String id :
                new String[] {"%00", "%0a", "..%2f", "%25", "$ne", "%7b%22$gt%22:%22%22%7d", "x".repeat(2_000)}) {
            for (String path :
                    new String[] {"/api/articles/" + id, "/api/articles/slug/" + id, "/news/company-news/" + id}) {
                int status = http.get()
                        .uri(builder -> URI.create(builder.build().resolve(path).toString()))
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getStatus()
                        .value();
                assertThat(status).as(path).isIn(400, 404);
            }
        }
    }

    @Test
    void theWrongMethodAndTheWrongTypesAreSaidSo() {
        problem(send(HttpMethod.PATCH, MediaType.APPLICATION_JSON, new byte[0]), 405);
        http.method(HttpMethod.PATCH)
                .uri("/api/articles")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + author)
                .exchange()
                .expectHeader()
                .value(HttpHeaders.ALLOW, allowed -> assertThat(allowed).contains("GET", "POST"));
        problem(send(HttpMethod.POST, MediaType.TEXT_PLAIN, "{}".getBytes(UTF_8)), 415);
        problem(send(HttpMethod.POST, MediaType.APPLICATION_FORM_URLENCODED, "title=x".getBytes(UTF_8)), 415);
        problem(
                http.get()
                        .uri("/api/articles")
                        .header(HttpHeaders.ACCEPT, "text/csv")
                        .exchange(),
                406);
        problem(
                http.get()
                        .uri("/api/nothing")
                        .header(HttpHeaders.ACCEPT, "text/html")
                        .exchange(),
                404);
    }

    @Test
    void aPreconditionThatIsNoneIsNamed() {
        String id = newsroom.draft(author, content("Condition", "company-news"));
        for (String ifMatch : new String[] {"abc", "1", "\"1", "1\"", "*, \"1\""}) {
            problem(newsroom.put(author, "/api/articles/" + id, ifMatch, content("x", "company-news")), 400)
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("If-Match");
        }
        newsroom.put(author, "/api/articles/" + id, "\"7\", \"1\"", content("x", "company-news"))
                .expectStatus()
                .isOk();
        newsroom.put(author, "/api/articles/" + id, "*", content("y", "company-news"))
                .expectStatus()
                .isOk();
    }

    private ResponseSpec send(HttpMethod method, MediaType type, byte[] body) {
        return http.method(method)
                .uri("/api/articles")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + author)
                .contentType(type)
                .bodyValue(body)
                .exchange();
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec response, int status) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody();
    }
}
