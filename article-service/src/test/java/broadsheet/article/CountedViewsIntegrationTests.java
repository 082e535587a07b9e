package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.NewsEvent;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class CountedViewsIntegrationTests {

    private static final String GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private String author = "";
    private String id = "";
    private String page = "";
    private TopicReader views;

    CountedViewsIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void anArticle() {
        author = newsroom.newAccount("ann", "AUTHOR");
        String editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
        id = newsroom.published(author, editor, content("Read me", "company-news"));
        page = String.valueOf(
                newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("url"));
        views = new TopicReader(TestServers.bootstrapServers(), Topics.VIEWS);
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void readingThroughTheApiCountsAlsoWhereNothingChanged() {
        get("/api/articles/" + id, HttpHeaders.ACCEPT, "*/*").expectStatus().isOk();
        get("/api/articles/" + id, HttpHeaders.IF_NONE_MATCH, "\"4-public\"")
                .expectStatus()
                .isNotModified();
        List<ArticleViewed> seen = seen(2);
        assertThat(seen).extracting(ArticleViewed::channel).containsOnly(Channel.API);
        assertThat(seen).extracting(ArticleViewed::agent).containsOnly(Agent.USER);
        assertThat(seen)
                .extracting(ArticleViewed::visitorKey)
                .containsOnly(seen.get(0).visitorKey());
    }

    @Test
    void whatARequestCausesIsOnTheTopicsWithTheTraceOfTheRequest() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var traced = new NewsroomClient(http.mutate()
                .defaultHeader("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .build());
        String editor = newsroom.newAccount("ed", "EDITOR");
        String traceable = newsroom.draft(author, content("Traced", "company-news"));
        newsroom.move(author, traceable, "submit").expectStatus().isOk();
        newsroom.move(editor, traceable, "approve").expectStatus().isOk();
        traced.move(editor, traceable, "publish").expectStatus().isOk();
        traced.post(null, "/api/articles/" + traceable + "/views", "")
                .expectStatus()
                .isAccepted();

        try (var articles = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            assertThat(awaited(articles, traceable, ArticlePublished.class))
                    .matches("00-" + trace + "-[0-9a-f]{16}-01");
        }
        assertThat(awaited(views, traceable, ArticleViewed.class)).matches("00-" + trace + "-[0-9a-f]{16}-01");
    }

    @Test
    void aReportedViewHasNoTraceWhereNobodyGetsOne() {
        newsroom.post(null, "/api/articles/" + id + "/views", "").expectStatus().isAccepted();

        assertThat(awaited(views, id, ArticleViewed.class)).isEmpty();
    }

    private static String awaited(TopicReader topic, String articleId, Class<? extends NewsEvent> type) {
        return await().until(() -> topic.of(articleId, type).stream().findFirst(), Optional::isPresent)
                .map(topic::traceParent)
                .orElseThrow();
    }

    @Test
    void theAlertWhoseLinkLedToTheArticleIsKnown() {
        String alert = "0199f3a1-0b33-7c20-8f4e-0d9a6b7c8e13.email";
        newsroom.post(null, "/api/articles/" + id + "/views?referrer=https://example.org&alert=" + alert, "")
                .expectStatus()
                .isAccepted();

        assertThat(seen(1)).extracting(ArticleViewed::alertId).containsOnly(alert);
    }

    @Test
    void theBeaconCountsAndThePageOfAPersonDoesNot() {
        get(page, HttpHeaders.ACCEPT, "text/html").expectStatus().isOk();
        newsroom.post(null, "/api/articles/" + id + "/views?referrer=https://example.org/a?secret=1", "")
                .expectStatus()
                .isAccepted();
        assertThat(seen(1)).singleElement().satisfies(view -> {
            assertThat(view.channel()).isEqualTo(Channel.PAGE);
            assertThat(view.referrerHost()).isEqualTo("example.org");
            assertThat(view.revision()).isEqualTo(4);
        });
    }

    @Test
    void aCrawlerOfThePageIsABot() {
        get(page, HttpHeaders.USER_AGENT, GOOGLEBOT).expectStatus().isOk();
        assertThat(seen(1)).extracting(ArticleViewed::agent).containsOnly(Agent.BOT);
    }

    @Test
    void aViewTellsWhoOpenedItCutToWhatAnEventTakes() {
        http.post()
                .uri("/api/articles/" + id + "/views")
                .header(HttpHeaders.USER_AGENT, "Mozilla/5.0 (Windows NT 10.0) curl/8 " + "x".repeat(1_000))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Dest", "e".repeat(1_000))
                .exchange()
                .expectStatus()
                .isAccepted();
        assertThat(seen(1)).extracting(ArticleViewed::evidence).singleElement().satisfies(evidence -> {
            assertThat(evidence.userAgent()).hasSize(512).startsWith("Mozilla/5.0 (Windows NT 10.0)");
            assertThat(evidence.fetch()).isEqualTo("same-origin/-/" + "e".repeat(30));
        });
    }

    @Test
    void whatIsNoReadingDoesNotCount() {
        get("/api/articles/" + id + "?view=false", HttpHeaders.ACCEPT, "*/*")
                .expectStatus()
                .isOk();
        get("/api/articles/" + id, "Sec-Purpose", "prefetch").expectStatus().isOk();
        get("/api/articles/" + id, "Sec-Purpose", "prefetch;prerender")
                .expectStatus()
                .isOk();
        get("/api/articles", HttpHeaders.ACCEPT, "*/*").expectStatus().isOk();
        http.head().uri("/api/articles/" + id).exchange().expectStatus().isOk();
        http.head()
                .uri(page)
                .header(HttpHeaders.USER_AGENT, GOOGLEBOT)
                .exchange()
                .expectStatus()
                .isOk();
        newsroom.get(author, "/api/articles/" + id).expectStatus().isOk();
        newsroom.post(author, "/api/articles/" + id + "/views", "")
                .expectStatus()
                .isNoContent();
        http.post()
                .uri("/api/articles/" + id + "/views")
                .cookie("broadsheet_session", author)
                .exchange()
                .expectStatus()
                .isNoContent();
        http.get()
                .uri(page)
                .header(HttpHeaders.USER_AGENT, GOOGLEBOT)
                .cookie("broadsheet_session", author)
                .exchange()
                .expectStatus()
                .isOk();
        // what came before it is there once it is
        newsroom.post(null, "/api/articles/" + id + "/views", "").expectStatus().isAccepted();
        assertThat(seen(1)).hasSize(1);
    }

    @Test
    void whatAnotherSiteSendsOrEmbedsDoesNotCount() {
        http.post()
                .uri("/api/articles/" + id + "/views")
                .header(HttpHeaders.ORIGIN, "https://evil.example")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        http.post()
                .uri("/api/articles/" + id + "/views")
                .header("Sec-Fetch-Site", "cross-site")
                .exchange()
                .expectStatus()
                .isForbidden();
        get("/api/articles/" + id, "Sec-Fetch-Dest", "image").expectStatus().isOk();
        get("/api/articles/" + id, "Sec-Fetch-Site", "cross-site")
                .expectStatus()
                .isOk();
        get("/api/articles/" + id, HttpHeaders.ORIGIN, "https://evil.example")
                .expectStatus()
                .isOk();
        // what came before it is there once it is
        newsroom.post(null, "/api/articles/" + id + "/views", "").expectStatus().isAccepted();
        assertThat(seen(1)).hasSize(1);
    }

    private WebTestClient.ResponseSpec get(String path, String header, String value) {
        return http.get()
                .uri(path)
                .headers(headers -> {
                    headers.set(HttpHeaders.USER_AGENT, NewsroomClient.READER);
                    headers.set(header, value);
                })
                .exchange();
    }

    private List<ArticleViewed> seen(int atLeast) {
        await().untilAsserted(() -> assertThat(views.idsOf(id)).hasSizeGreaterThanOrEqualTo(atLeast));
        return views.of(id, ArticleViewed.class).stream()
                .map(envelope -> (ArticleViewed) envelope.event())
                .toList();
    }
}
