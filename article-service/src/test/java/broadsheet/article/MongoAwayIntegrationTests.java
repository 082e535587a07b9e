package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.embedded.EmbeddedMongo;
import broadsheet.events.Topics;
import broadsheet.testservers.TcpProxy;
import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@ExtendWith(OutputCaptureExtension.class)
class MongoAwayIntegrationTests {

    /** As in {@code broadsheet.yml}. */
    private static final String OPTIONS = "?serverSelectionTimeoutMS=5000";

    /** Where how long a call waits is not what is tested. */
    private static final String NOT_WAITED_FOR = "broadsheet.store.time-limit=1s";

    /** 5 s, and what a busy machine takes; the driver alone waits for 30 s, or without end. */
    private static final Duration NOBODY_WAITS_LONGER = Duration.ofSeconds(20);

    @Test
    void everyCallSaysSoInsteadOfWaiting(@TempDir Path folder, CapturedOutput output) {
        EmbeddedMongo mongo = EmbeddedMongo.open(folder.resolve("mongo.store"));
        String uri = mongo.connectionString("articles") + OPTIONS;
        try (var service = ServiceInstance.start(
                uri, TestServers.bootstrapServers(), NOT_WAITED_FOR, "broadsheet.cache.max-wait=1m")) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Here", "company-news"));
            mongo.close();

            atOnce(
                    () -> away(newsroom.get(null, "/api/articles/" + id)),
                    () -> away(newsroom.get(null, "/api/articles")),
                    () -> away(newsroom.post(author, "/api/articles", content("Lost", "company-news"))),
                    () -> away(newsroom.post(
                            null, "/api/session", Map.of("username", "ann", "password", NewsroomClient.PASSWORD))),
                    () -> service.http()
                            .get()
                            .uri("/news/company-news/here")
                            .accept(MediaType.TEXT_HTML)
                            .exchange()
                            .expectStatus()
                            .isEqualTo(503)
                            .expectHeader()
                            .contentTypeCompatibleWith(MediaType.TEXT_HTML));
            assertThat(output.getAll()).contains("the store does not answer").doesNotContain("\tat com.mongodb");
        }
    }

    /** What was withdrawn stays away although its answer was stored. */
    @Test
    void whatWasReadBeforeIsReadOnFromTheCache(@TempDir Path folder, CapturedOutput output) {
        EmbeddedMongo mongo = EmbeddedMongo.open(folder.resolve("mongo.store"));
        try (var service = ServiceInstance.start(
                mongo.connectionString("articles") + OPTIONS, TestServers.bootstrapServers(), NOT_WAITED_FOR)) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Here", "company-news"));
            String withdrawn = newsroom.published(author, editor, content("Gone", "company-news"));
            var paths = List.of("/api/articles/" + id, "/api/articles", "/news/company-news/here", "/");
            newsroom.get(null, "/api/articles/" + withdrawn).expectStatus().isOk();
            newsroom.move(editor, withdrawn, "withdraw").expectStatus().isOk();
            paths.forEach(path -> newsroom.get(null, path).expectStatus().isOk());
            mongo.close();

            away(newsroom.get(null, "/api/articles/" + withdrawn));
            for (String path : paths) {
                var answer = await().until(
                                () -> newsroom.get(null, path)
                                        .expectBody(String.class)
                                        .returnResult(),
                                found -> age(found) > 3);
                assertThat(answer.getStatus().value()).as(path).isEqualTo(200);
                assertThat(answer.getResponseBody()).as(path).contains("Here").doesNotContain("Gone");
            }
            away(newsroom.get(author, "/api/articles/" + id));
            assertThat(output.getAll()).contains("as no newer answer can be had");
        }
    }

    /** Which falls silent and refuses nothing, as a machine that is paused. */
    @Test
    void viewsAreTakenAndNobodyWaitsLongWhereTheStoreHangs(CapturedOutput output) {
        String uri = TestServers.mongoUri("hanging-" + UUID.randomUUID());
        try (var proxy = TcpProxy.to(uri);
                var service = ServiceInstance.start(proxy.uri() + OPTIONS, TestServers.bootstrapServers());
                var views = new TopicReader(TestServers.bootstrapServers(), Topics.VIEWS)) {
            NewsroomClient newsroom = service.newsroom(NOBODY_WAITS_LONGER);
            String author = service.newsroom().newAccount("ann", "AUTHOR");
            String editor = service.newsroom().newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Here", "company-news"));
            proxy.silence();

            newsroom.post(null, "/api/articles/" + id + "/views", "")
                    .expectStatus()
                    .isAccepted();
            atOnce(
                    () -> away(newsroom.post(null, "/api/articles/" + UUID.randomUUID() + "/views", "")),
                    () -> away(newsroom.get(null, "/api/articles/" + id)),
                    () -> away(newsroom.get(null, "/api/articles")),
                    () -> newsroom.get(null, "/news/company-news/here")
                            .expectStatus()
                            .isEqualTo(503));
            proxy.mend();
            await().untilAsserted(() -> assertThat(views.idsOf(id)).hasSize(1));
        }
    }

    private static void atOnce(Runnable... calls) {
        Flux.just(calls)
                .flatMap(call -> Mono.fromRunnable(call).subscribeOn(Schedulers.boundedElastic()))
                .blockLast(ServiceInstance.PATIENCE);
    }

    private static int age(EntityExchangeResult<String> answer) {
        String age = answer.getResponseHeaders().getFirst(HttpHeaders.AGE);
        return age == null ? 0 : Integer.parseInt(age);
    }

    private static void away(ResponseSpec response) {
        response.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
