package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Views that are taken ahead of WebFlux are answered as WebFlux answers them. */
@ArticleServiceTest
class ReportedViewsIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final MeterRegistry meters;
    private String author = "";
    private String editor = "";
    private String id = "";

    ReportedViewsIntegrationTests(@Autowired WebTestClient http, @Autowired MeterRegistry meters) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.meters = meters;
    }

    @BeforeEach
    void anArticle() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
        id = newsroom.published(author, editor, content("Report me", "company-news"));
    }

    @Test
    void bothWaysAnswerTheSame() {
        double passedBefore = passed();
        var ahead = ReportedViewAnswer.of(report(id, ""));
        assertThat(passed()).as("requests that reached WebFlux").isEqualTo(passedBefore);

        var fromWebFlux = ReportedViewAnswer.of(report(id, "?referrer"));

        assertThat(passed()).isEqualTo(passedBefore + 1);
        assertThat(ahead).isEqualTo(fromWebFlux);
        assertThat(ahead.status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isGreaterThanOrEqualTo(2)));
    }

    @Test
    void whatIsUnusualIsAnsweredByWebFlux() {
        report(id, "?referer=https://example.org").expectStatus().isBadRequest();
        report(id, "?referrer=a&referrer=b").expectStatus().isBadRequest();
        report(id, "?alert=a&alert=b").expectStatus().isBadRequest();
        for (String noAlert : List.of("a b", "<a>", "a".repeat(101))) {
            report(id, "?alert=" + noAlert)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("alert");
        }
        report("01a20cd9-197e-7f4f-86aa-aea61fd1e955", "").expectStatus().isNotFound();
        newsroom.post(null, path(id), "x".repeat((16 << 10) + 1)).expectStatus().isEqualTo(413);
        newsroom.post(author, path(id), "").expectStatus().isNoContent();
        newsroom.post("no token", path(id), "").expectStatus().isUnauthorized();
        http.post()
                .uri(path(id))
                .header(HttpHeaders.ACCEPT, "text/csv")
                .exchange()
                .expectStatus()
                .isEqualTo(406);
    }

    @Test
    void aViewIsTakenFromTheMomentOnThatTheArticleIsPublicUntilItIsWithdrawn() {
        String draft = newsroom.draft(author, content("Not yet", "company-news"));
        report(draft, "").expectStatus().isNotFound();

        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        report(id, "").expectStatus().isNotFound();
    }

    private double passed() {
        return meters.get("cache.gets").tag("result", "pass").counter().count();
    }

    private Collection<Timer> timers() {
        return meters.find("http.server.requests")
                .tags(List.of(Tag.of("uri", "/api/articles/{id}/views"), Tag.of("status", "202")))
                .timers();
    }

    private ResponseSpec report(String article, String query) {
        return http.post().uri(path(article) + query).exchange();
    }

    private static String path(String article) {
        return "/api/articles/" + article + "/views";
    }
}
