package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ViewLimitIntegrationTests {

    @Test
    void beyondTheLimitReportsAreRefusedAndAnswersAreNot() {
        try (var service = ServiceInstance.start(
                        TestServers.mongoUri("limit-" + UUID.randomUUID()),
                        TestServers.bootstrapServers(),
                        "broadsheet.views.limit.per-second=1",
                        "broadsheet.views.limit.burst=30");
                var views = new TopicReader(TestServers.bootstrapServers(), Topics.VIEWS)) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Read by many", "company-news"));
            String report = "/api/articles/" + id + "/views";

            var read = new AtomicInteger();
            await().atMost(ServiceInstance.PATIENCE).untilAsserted(() -> {
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
    }
}
