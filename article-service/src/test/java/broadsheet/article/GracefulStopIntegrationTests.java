package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/** A service that is told to stop, as by {@code docker stop}, while authors write. */
class GracefulStopIntegrationTests {

    private static final int AUTHORS = 4;
    private static final int BEFORE = 20;

    private final String mongo = TestServers.mongoUri("stop-" + UUID.randomUUID());
    private final String kafka = TestServers.bootstrapServers();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void whatWasAcknowledgedIsThereAndAnnouncedAfterwards() {
        List<CompletableFuture<Void>> writing;
        try (var stopping = ServiceInstance.start(mongo, kafka, "server.shutdown=graceful")) {
            NewsroomClient newsroom = stopping.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            newsroom.category(newsroom.newAccount("ed", "EDITOR"), "company-news", "Company News");
            writing = IntStream.range(0, AUTHORS)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> writeUntilItStops(newsroom, author)))
                    .toList();
            await().until(() -> acknowledged.size() >= BEFORE);
        }
        writing.forEach(CompletableFuture::join);

        try (var restarted = ServiceInstance.start(mongo, kafka);
                var articles = new TopicReader(kafka, Topics.ARTICLES)) {
            NewsroomClient newsroom = restarted.newsroom();
            String author = newsroom.token("ann");
            acknowledged.forEach(id ->
                    newsroom.get(author, "/api/articles/" + id).expectStatus().isOk());
            await().untilAsserted(() -> assertThat(articles.events())
                    .extracting(announced -> announced.event().recordKey())
                    .containsAll(acknowledged));
        }
    }

    /** An answer that is no success must be a 503: the service takes nothing in any more. */
    private void writeUntilItStops(NewsroomClient newsroom, String author) {
        while (true) {
            try {
                EntityExchangeResult<Map<String, Object>> answer = newsroom.post(
                                author, "/api/articles", content("Written meanwhile", "company-news"))
                        .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                        .returnResult();
                if (!answer.getStatus().isSameCodeAs(HttpStatus.CREATED)) {
                    assertThat(answer.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                    return;
                }
                acknowledged.add(String.valueOf(
                        Objects.requireNonNull(answer.getResponseBody()).get("id")));
            } catch (WebClientRequestException e) {
                return; // it takes no connections any more
            }
        }
    }
}
