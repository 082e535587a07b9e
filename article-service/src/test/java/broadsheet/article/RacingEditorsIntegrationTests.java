package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.content.Slugs;
import broadsheet.events.ArticlePublished;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ArticleServiceTest
class RacingEditorsIntegrationTests {

    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    RacingEditorsIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @Test
    void ofTwoWhoChangeTheSameVersionOneIsTooLate() throws Exception {
        String id = newsroom.draft(author, content("Racing", "company-news"));
        List<Integer> statuses = atOnce(
                4, n -> newsroom.put(author, "/api/articles/" + id, "\"1\"", content("Racing " + n, "company-news")));

        assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412, 412);
        assertThat(newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("version"))
                .isEqualTo(2);
    }

    @Test
    void ofTwoWhoChangeTheSameAccountOrCategoryOneIsTooLate() throws Exception {
        String admin = newsroom.token("admin");
        newsroom.newAccount("raced", "AUTHOR");
        newsroom.category(editor, "raced", "Raced");
        Map<String, Object> renamed = Map.of("displayName", "Renamed", "roles", List.of("EDITOR"));

        assertThat(atOnce(4, n -> newsroom.put(admin, "/api/accounts/raced", "\"1\"", renamed)))
                .containsExactlyInAnyOrder(200, 412, 412, 412);
        assertThat(atOnce(
                        4,
                        n -> newsroom.put(
                                editor, "/api/categories/raced", "\"1\"", Map.of("name", "Raced " + n, "position", n))))
                .containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @Test
    void articlesHaveTheNewestNameOfTheirCategory() throws Exception {
        newsroom.category(editor, "renamed", "Renamed");
        String id = newsroom.draft(author, content("Filed under", "renamed"));
        for (int round = 0; round < 5; round++) {
            int first = round * 8;
            assertThat(atOnce(
                            8,
                            n -> newsroom.put(
                                    editor,
                                    "/api/categories/renamed",
                                    "*",
                                    Map.of("name", "Name " + (first + n), "position", 0))))
                    .contains(200);
            Object name =
                    newsroom.json(newsroom.get(null, "/api/categories/renamed")).get("name");
            assertThat(newsroom.json(newsroom.get(author, "/api/articles/" + id))
                            .get("category"))
                    .isEqualTo(Map.of("slug", "renamed", "name", name));
        }
    }

    @Test
    void categoriesThatAreMovedAtOnceFormNoCircle() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<String> circle = List.of("circle-a" + round, "circle-b" + round, "circle-c" + round);
            circle.forEach(slug -> newsroom.category(editor, slug, "Circle"));
            assertThat(atOnce(
                            3,
                            n -> newsroom.put(
                                    editor,
                                    "/api/categories/" + circle.get(n),
                                    "*",
                                    Map.of("name", "Circle", "parent", circle.get((n + 1) % 3), "position", 0))))
                    .containsAnyOf(400, 412)
                    .doesNotContain(500);
            assertThat(circle)
                    .as("round " + round)
                    .anyMatch(slug -> newsroom.json(newsroom.get(null, "/api/categories/" + slug))
                                    .get("parent")
                            == null);
        }
    }

    @Test
    void aTransitionAskedForTwiceHappensOnce() throws Exception {
        String id = newsroom.draft(author, content("Twice", "company-news"));
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        List<Integer> statuses = atOnce(4, n -> newsroom.move(editor, id, "publish"));

        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        try (var articles = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().untilAsserted(() -> assertThat(articles.idsOf(id)).hasSize(5));
            assertThat(articles.of(id, ArticlePublished.class)).hasSize(1);
        }
    }

    @Test
    void equalTitlesAtOnceGetSlugsOfTheirOwn() throws Exception {
        String title =
                "A title of more than eighty letters, so that a number behind it has to take the place of its end";
        List<Integer> statuses =
                atOnce(10, n -> newsroom.post(author, "/api/articles", content(title, "company-news")));

        assertThat(statuses).hasSize(10).containsOnly(201);
        assertThat(slugs())
                .filteredOn(slug -> slug.startsWith("a-title-of-more"))
                .hasSize(10)
                .allSatisfy(slug -> assertThat(slug)
                        .hasSizeLessThanOrEqualTo(Slugs.MAX_LENGTH)
                        .matches(Slugs.PATTERN));
    }

    private List<String> slugs() {
        Object items = Objects.requireNonNull(
                newsroom.json(newsroom.get(author, "/api/articles?limit=100")).get("items"));
        return ((List<?>) items)
                .stream()
                        .map(item -> String.valueOf(((Map<?, ?>) item).get("slug")))
                        .distinct()
                        .toList();
    }

    @Test
    void aChosenSlugIsThatOneOrAConflict() {
        var chosen = new HashMap<>(content("Chosen", "company-news"));
        chosen.put("slug", "a-chosen-slug");
        String id = newsroom.draft(author, chosen);
        newsroom.post(author, "/api/articles", chosen)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("slug");
        newsroom.put(author, "/api/articles/" + id, "\"1\"", chosen)
                .expectStatus()
                .isOk();
    }

    private interface Call {
        ResponseSpec number(int n);
    }

    private static List<Integer> atOnce(int times, Call call) throws Exception {
        var callers = Executors.newFixedThreadPool(times);
        try {
            List<Callable<Integer>> calls = IntStream.range(0, times)
                    .<Callable<Integer>>mapToObj(n -> () -> call.number(n)
                            .expectBody()
                            .returnResult()
                            .getStatus()
                            .value())
                    .toList();
            List<Future<Integer>> answers = callers.invokeAll(calls);
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            callers.shutdownNow();
        }
    }
}
