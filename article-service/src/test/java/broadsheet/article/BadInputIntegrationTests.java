package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ArticleServiceTest
class BadInputIntegrationTests {

    private final NewsroomClient newsroom;
    private String author = "";

    BadInputIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        newsroom.category(newsroom.newAccount("ed", "EDITOR"), "company-news", "Company News");
    }

    @Test
    void aFieldThatNobodyKnowsIsNamed() {
        badField(newsroom.post(author, "/api/articles", with("titel", "x")), "titel");
    }

    @Test
    void aWrongTypeIsNamedWithItsPath() {
        badField(
                newsroom.post(author, "/api/articles", with("body", Map.of("format", "word", "text", "x"))),
                "body.format");
    }

    @Test
    void aMissingFieldIsNamed() {
        var content = new HashMap<>(content("x", "company-news"));
        content.remove("title");
        badField(newsroom.post(author, "/api/articles", content), "title");
    }

    @Test
    void anUnknownCategoryIsNamed() {
        badField(newsroom.post(author, "/api/articles", with("category", "nowhere")), "category");
    }

    @Test
    void bodiesThatAreNoJsonAreRefused() {
        badField(newsroom.post(author, "/api/articles", "{\"title\": "), "body");
        badField(newsroom.post(author, "/api/articles", "null"), "body");
    }

    @Test
    void aBodyOfMoreThanTwoMebibytesIsTooLarge() {
        problem(newsroom.post(author, "/api/articles", with("summary", "x".repeat(3 << 20))), 413);
    }

    @Test
    void aCoverImageIsAnAddressOfAnImageNotAScript() {
        badField(newsroom.post(author, "/api/articles", with("coverImage", "javascript:alert(1)")), "coverImage");
    }

    @Test
    void listParametersAreNamed() {
        badField(newsroom.get(null, "/api/articles?cursor=abc"), "cursor");
        badField(newsroom.get(null, "/api/articles?limit=0"), "limit");
        badField(newsroom.get(null, "/api/articles?limit=many"), "limit");
        badField(newsroom.get(null, "/api/articles?limit=1&limit=2"), "limit");
        badField(newsroom.get(null, "/api/articles?status=draft"), "status");
    }

    @Test
    void anUnknownIdIsNotFoundAndItsViewsCreateNothing() {
        problem(newsroom.get(null, "/api/articles/nothing"), 404);
        problem(newsroom.post(null, "/api/articles/nothing/views", ""), 404);
        problem(newsroom.move(author, "nothing", "submit"), 404);
    }

    @Test
    void viewsOfADraftAreNotFound() {
        String id = newsroom.draft(author, content("Hidden", "company-news"));
        problem(newsroom.post(null, "/api/articles/" + id + "/views", ""), 404);
    }

    @Test
    void readersMayNotWriteAndAuthorsMayNotAdminister() {
        problem(newsroom.post(null, "/api/articles", content("x", "company-news")), 401);
        problem(newsroom.post("not-a-token", "/api/articles", content("x", "company-news")), 401);
        problem(newsroom.get(author, "/api/accounts"), 403);
        problem(newsroom.post(author, "/api/categories", Map.of("name", "Mine")), 403);
        problem(newsroom.post(null, "/api/session", Map.of("username", "ann", "password", "wrong-password")), 401);
    }

    @Test
    void anUnknownActionIsNamed() {
        String id = newsroom.draft(author, content("Actions", "company-news"));
        badField(newsroom.move(author, id, "explode"), "action");
    }

    @Test
    void aMissingPositionIsNotOfTheWrongType() {
        String admin = newsroom.token("admin");
        newsroom.put(admin, "/api/categories/company-news", "*", Map.of("name", "Company News"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Bad input: position is missing");
    }

    @Test
    void aCategoryWhoseNameMakesNoSlugIsRefusedUnlessItHasOne() {
        String admin = newsroom.token("admin");
        badField(newsroom.post(admin, "/api/categories", Map.of("name", "!!!")), "name");
        newsroom.post(admin, "/api/categories", Map.of("name", "!!!", "slug", "alarms"))
                .expectStatus()
                .isCreated();
    }

    @Test
    void aListThatIsTooLongSaysHowLongItMayBe() {
        newsroom.post(author, "/api/articles", with("tags", Collections.nCopies(21, "x")))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Bad input: tags has too many: 20 at most");
    }

    @Test
    void aCursorOfAnImpossibleTimeIsNamed() {
        for (String forged : new String[] {
            "+1000000000-12-31T23:59:59Z x",
            "-1000000000-01-01T00:00:00Z x",
            "+10000-01-01T00:00:00Z x",
            "2026-11-24T00:00:00Z"
        }) {
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(UTF_8));
            badField(newsroom.get(null, "/api/articles?cursor=" + cursor), "cursor");
            problem(newsroom.get(null, "/news/company-news?cursor=" + cursor), 400);
        }
    }

    @Test
    void aCoverImageThatIsNoUriIsNamed() {
        for (String address :
                new String[] {"/cover{x}.jpg", "/cover%zz.jpg", "https://[::1", "https://", "https:///x"}) {
            badField(newsroom.post(author, "/api/articles", with("coverImage", address)), "coverImage");
        }
        newsroom.post(author, "/api/articles", with("coverImage", "https://images.example/a%20b.jpg?w=1"))
                .expectStatus()
                .isCreated();
    }

    private static Map<String, Object> with(String field, Object value) {
        var content = new HashMap<>(content("x", "company-news"));
        content.put(field, value);
        return content;
    }

    private static void badField(ResponseSpec response, String field) {
        problem(response, 400).jsonPath("$.errors[0].field").isEqualTo(field);
    }

    private static WebTestClient.BodyContentSpec problem(ResponseSpec response, int status) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody();
    }
}
