package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The audit trail as administrators search it. */
@ArticleServiceTest
class AuditSearchIntegrationTests {

    private final NewsroomClient newsroom;
    private String admin = "";

    AuditSearchIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void signIn() {
        admin = newsroom.token("admin");
    }

    @Test
    void whatSomeoneDidIsFoundTheNewestFirst() {
        Instant before = Instant.now();
        String ann = newsroom.newAccount("searched", "EDITOR");
        newsroom.category(ann, "searched", "Searched");
        String id = newsroom.draft(ann, content("Searched", "searched"));
        newsroom.move(ann, id, "submit").expectStatus().isOk();
        newsroom.move(ann, id, "approve").expectStatus().isForbidden();

        await().untilAsserted(() -> assertThat(actions("actor=searched&from=" + before))
                .containsExactly("call-denied", "article-submit", "call-made", "category-added", "signed-in"));
        assertThat(items("actor=searched&action=call-made&limit=1"))
                .singleElement()
                .asString()
                .contains("method=POST", "path=/api/articles", "status=201");
        assertThat(items("actor=searched&action=article-submit"))
                .singleElement()
                .asString()
                .contains("article=" + id, "version=2");
        assertThat(actions("actor=searched&to=" + before)).isEmpty();
        assertThat(items("actor=admin&action=account-added"))
                .anySatisfy(entry -> assertThat(entry.toString()).contains("username=searched"));
    }

    @Test
    void aCallWithATokenSaysWhichOne() {
        String ann = newsroom.newAccount("searched-token", "EDITOR");
        newsroom.category(ann, "searched", "Searched");
        var issued = newsroom.json(
                newsroom.post(ann, "/api/tokens", Map.of("name", "n", "scopes", List.of("articles:write"))));
        newsroom.draft((String) Objects.requireNonNull(issued.get("token")), content("By token", "searched"));
        await().untilAsserted(() -> assertThat(items("actor=searched-token"))
                .first()
                .asString()
                .contains("action=call-made", "token=" + issued.get("id")));
        assertThat(items("actor=searched-token").toString()).doesNotContain("bst_");
    }

    @Test
    void aListGoesOnWhereItEnded() {
        String ann = newsroom.newAccount("searched-pages", "EDITOR");
        for (int n = 0; n < 5; n++) {
            newsroom.category(ann, "searched-" + n, "Searched");
        }
        await().untilAsserted(() -> assertThat(actions("actor=searched-pages")).hasSize(6));
        var seen = new ArrayList<Object>();
        Object cursor = null;
        do {
            var page = newsroom.json(newsroom.get(
                    admin, "/api/audit?actor=searched-pages&limit=2" + (cursor == null ? "" : "&cursor=" + cursor)));
            seen.addAll((List<?>) Objects.requireNonNull(page.get("items")));
            cursor = page.get("nextCursor");
        } while (cursor != null);
        assertThat(seen).isEqualTo(items("actor=searched-pages"));
    }

    @Test
    void readingIsNoEntry() {
        String ann = newsroom.newAccount("searched-reader", "AUTHOR");
        newsroom.get(ann, "/api/articles").expectStatus().isOk();
        newsroom.category(ann, "refused", "Refused");
        await().untilAsserted(
                        () -> assertThat(actions("actor=searched-reader")).containsExactly("call-denied", "signed-in"));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "to=-1000-01-01T00:00:00Z, to",
        "cursor=7, cursor",
        "limit=0, limit",
        "who=ann, who",
        "'actor=a&actor=b', actor"
    })
    void whatDoesNotFitIsRefused(String query, String field) {
        newsroom.get(admin, "/api/audit?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void operatorsOfTheStoreAreNoWords() {
        assertThat(items("actor=%7B%22$ne%22:null%7D")).isEmpty();
        assertThat(items("action=.*")).isEmpty();
    }

    private List<@Nullable Object> actions(String query) {
        return items(query).stream()
                .<@Nullable Object>map(entry -> entry.get("action"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> items(String query) {
        return (List<Map<String, Object>>) Objects.requireNonNull(
                newsroom.json(newsroom.get(admin, "/api/audit?" + query)).get("items"));
    }
}
