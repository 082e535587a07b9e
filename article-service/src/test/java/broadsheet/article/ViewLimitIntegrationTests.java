package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an address may report, and who counts as one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewLimitIntegrationTests {

    private ServiceInstance service;
    private TopicReader views;
    private NewsroomClient newsroom;
    private String author;
    private String editor;
    private String id;

    @SuppressWarnings("NullAway.Init")
    ViewLimitIntegrationTests() {}

    @BeforeAll
    void start() {
        service = ServiceInstance.start(
                TestServers.mongoUri("limit-" + UUID.randomUUID()),
                TestServers.bootstrapServers(),
                "broadsheet.connections.behind-proxy=true",
                "broadsheet.views.limit.per-second=1",
                "broadsheet.views.limit.burst=30");
        views = new TopicReader(TestServers.bootstrapServers(), Topics.VIEWS);
        newsroom = service.newsroom();
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @AfterAll
    void stop() {
        views.close();
        service.close();
    }

    @BeforeEach
    void anArticle() {
        id = newsroom.published(author, editor, content("Read by many", "company-news"));
    }

    @Test
    void beyondTheLimitReportsAreRefusedAndAnswersAreNot() {
        String report = "/api/articles/" + id + "/views";
        var read = new AtomicInteger();
        await().untilAsserted(() -> {
            for (int n = 0; n < 40; n++) {
                newsroom.get(null, "/api/articles/" + id).expectStatus().isOk();
                read.incrementAndGet();
            }
            var ahead = ReportedViewAnswer.of(newsroom.post(null, report, ""));
            assertThat(ahead.status()).isEqualTo(429);
            assertThat(ahead.headers()).containsKey("retry-after");
            assertThat(ahead).isEqualTo(ReportedViewAnswer.of(newsroom.post(null, report + "?referrer", "")));
        });
        assertThat(views.idsOf(id)).hasSizeLessThan(read.get());
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOneVisitor() {
        for (String address : List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:3::1")) {
            service.http()
                    .post()
                    .uri("/api/articles/" + id + "/views")
                    .header("X-Forwarded-For", address)
                    .exchange()
                    .expectStatus()
                    .isAccepted();
        }
        await().untilAsserted(() -> assertThat(views.idsOf(id)).hasSize(3));
        assertThat(views.of(id, ArticleViewed.class))
                .extracting(envelope -> ((ArticleViewed) envelope.event()).visitorKey())
                .satisfies(visitors ->
                        assertThat(visitors.get(0)).isEqualTo(visitors.get(1)).isNotEqualTo(visitors.get(2)));
    }
}
