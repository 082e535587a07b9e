package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Kafka is really stopped and started again; BlockHound watches that nobody waits for it on the event loop. */
class KafkaAwayIntegrationTests {

    private static final int SPOOL = 30;

    @TempDir
    Path folder;

    private RestartableKafka kafka;
    private ServiceInstance service;
    private NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    @BeforeEach
    void start() {
        kafka = new RestartableKafka(folder.resolve("kafka"));
        service = ServiceInstance.start(
                TestServers.mongoUri("away-" + UUID.randomUUID()),
                kafka.bootstrapServers(),
                "broadsheet.views.delivery-timeout=2s",
                "broadsheet.views.spool=" + folder.resolve("spool"),
                "broadsheet.views.spool-capacity=" + SPOOL);
        newsroom = service.newsroom();
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @AfterEach
    void stop() {
        service.close();
        kafka.close();
    }

    @Test
    void whatIsCommittedMeanwhileIsAnnouncedInOrderWhenKafkaReturns() {
        kafka.stop();
        List<String> published = List.of(
                newsroom.published(author, editor, content("One", "company-news")),
                newsroom.published(author, editor, content("Two", "company-news")));
        newsroom.get(null, "/api/articles/" + published.get(0)).expectStatus().isOk();
        newsroom.get(null, "/news/company-news/one").expectStatus().isOk();
        newsroom.get(null, "/").expectStatus().isOk();
        kafka.start();

        try (var articles = new TopicReader(kafka.bootstrapServers(), Topics.ARTICLES)) {
            for (String id : published) {
                await().untilAsserted(() -> assertThat(articles.of(id, ArticleChanged.class))
                        .extracting(envelope ->
                                ((ArticleChanged) envelope.event()).article().version())
                        .containsExactly(1L, 2L, 3L, 4L));
                assertThat(articles.idsOf(id)).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void viewsAreAcceptedMeanwhileAndReachKafkaWhenItReturns() {
        String id = newsroom.published(author, editor, content("Viewed", "company-news"));
        List<String> accepted = new ArrayList<>(List.of(accepted(view(id))));
        try (var views = new TopicReader(kafka.bootstrapServers(), Topics.VIEWS)) {
            await() // or it may still be in the spool, of which all is needed below
                    .untilAsserted(() -> assertThat(views.idsOf(id)).containsAll(accepted));
        }
        kafka.stop();
        for (int n = 0; n < SPOOL; n++) {
            accepted.add(accepted(view(id)));
        }
        var refused = ReportedViewAnswer.of(view(id));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused)
                .isEqualTo(ReportedViewAnswer.of(
                        newsroom.post(null, "/api/articles/" + id + "/views?referrer", ""))); // by WebFlux
        newsroom.get(null, "/api/articles/" + id).expectStatus().isOk();
        kafka.start();

        try (var views = new TopicReader(kafka.bootstrapServers(), Topics.VIEWS)) {
            await().untilAsserted(() -> assertThat(views.idsOf(id)).containsAll(accepted));
            await().untilAsserted(() -> {
                String later = accepted(view(id));
                accepted.add(later);
                assertThat(views.idsOf(id)).contains(later);
            });
            assertThat(views.idsOf(id)).isSubsetOf(accepted);
        }
    }

    private ResponseSpec view(String id) {
        return newsroom.post(null, "/api/articles/" + id + "/views", "");
    }

    private String accepted(ResponseSpec response) {
        response.expectStatus().isEqualTo(202);
        return (String) Objects.requireNonNull(newsroom.json(response).get("eventId"));
    }
}
