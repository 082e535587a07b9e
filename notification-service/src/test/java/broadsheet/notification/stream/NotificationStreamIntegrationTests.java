package broadsheet.notification.stream;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.created;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.updated;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.AsyncApiDocument;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.NotificationService;
import broadsheet.notification.ServiceInstance;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.ResumePoint;
import broadsheet.notification.event.TopicOffsets;
import broadsheet.testservers.TestServers;
import broadsheet.testservers.TestServersInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = NotificationService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,notification-service",
            "broadsheet.notification.topic=news.articles.${random.uuid}",
            "broadsheet.notification.stream.heartbeat=200ms"
        })
@ContextConfiguration(initializers = TestServersInitializer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationStreamIntegrationTests {

    @LocalServerPort
    int port;

    private ArticlesTopicWriter topic;

    @BeforeAll
    void open(@Autowired NotificationProperties properties, @Autowired EventHistory history) {
        topic = new ArticlesTopicWriter(TestServers.bootstrapServers(), properties.topic());
        await().until(history::isOpen);
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void whatIsPublishedIsSent() {
        try (var reader = StreamClient.to(port, "?category=live")) {
            var notification = reader.awaitsId(topic.write(published("l1", "live")));
            assertThat(notification.path("type").asString()).isEqualTo("article.published");
            assertThat(notification.path("article").path("url").asString()).isEqualTo("/news/live/slug-l1");
            assertThat(notification
                            .path("article")
                            .path("category")
                            .path("name")
                            .asString())
                    .isEqualTo("Name of live");
        }
    }

    @Test
    void draftsNeverLeak() {
        try (var reader = StreamClient.to(port, "?category=drafts")) {
            topic.write(created("d1", "drafts"));
            topic.write(updated("d1", "drafts"));
            var sent = List.of(
                    topic.write(published("d1", "drafts")),
                    topic.write(corrected("d2", "drafts")),
                    topic.write(withdrawn("d3", "drafts")));
            sent.forEach(reader::awaitsId); // in any order: their articles lie in different partitions
            assertThat(reader.notifications()).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void aClientThatConnectsAgainMissesNothingWhileEventsKeepComing() {
        int events = 400;
        var read = new ArrayList<String>();
        var connected = StreamClient.to(port, "?category=resume");
        connected.close();
        String lastId = connected.lastId();
        var writing = CompletableFuture.supplyAsync(() -> IntStream.range(0, events)
                .mapToObj(article -> topic.write(published("r" + article, "resume")))
                .toList());
        while (read.size() < events) {
            var reader = StreamClient.resumed(port, "?category=resume", lastId);
            await().until(() -> !reader.notifications().isEmpty());
            reader.close();
            read.addAll(reader.notifications());
            lastId = reader.lastId();
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(writing.join());
    }

    @Test
    void aWithdrawalSaysNothingOfTheArticleAndSilencesWhatWasSaidBefore() {
        var connected = StreamClient.to(port, "?category=gone");
        connected.close();
        topic.write(published("g1", "gone"));
        topic.write(corrected("g1", "gone"));
        String other = topic.write(published("g2", "gone"));
        String withdrawal = topic.write(withdrawn("g1", "gone"));
        // before that, readers still get what the withdrawal silences
        await().until(() -> list("?category=gone").containsAll(List.of(other, withdrawal)));
        try (var reader = StreamClient.resumed(port, "?category=gone", connected.lastId())) {
            var notification = reader.awaitsId(withdrawal);
            assertThat(notification.path("article").propertyNames())
                    .containsExactlyInAnyOrder("id", "url", "category", "version");
            await().until(() -> reader.notifications().contains(other));
            assertThat(reader.notifications()).containsExactlyInAnyOrder(other, withdrawal);
            assertThat(reader.gaps()).isEmpty();
        }
        assertThat(list("?category=gone")).containsExactlyInAnyOrder(other, withdrawal);
    }

    @Test
    void anUnreadableRecordHoldsUpNothing() {
        try (var reader = StreamClient.to(port, "?category=after")) {
            topic.write(new ProducerRecord<>("any", "poison", "{".getBytes(UTF_8)));
            reader.awaitsId(topic.write(published("poison", "after")));
        }
    }

    @Test
    void anIdOfAnotherTopicIsAGapAndThenLive() {
        String other =
                new ResumePoint.AtOffsets(new TopicOffsets(Uuid.randomUuid(), List.of(3L, 4L), Instant.EPOCH)).encode();
        try (var reader = StreamClient.resumed(port, "?category=other", other)) {
            String gap = String.valueOf(
                    reader.awaits(event -> "gap".equals(event.event())).data());
            assertThat(reader.gaps()).containsExactly("unknown");
            String missed = topic.write(published("o1", "other"));
            reader.awaitsId(missed);
            String catchUp = JsonMapper.shared().readTree(gap).path("catchUp").asString();
            assertThat(catchUp).startsWith("/api/notifications?category=other&after=");
            assertThat(list(catchUp.substring("/api/notifications".length()))).containsExactly(missed);
        }
    }

    @Test
    void eachEventIsWhatTheAsyncApiDocumentSays() {
        var messages = Map.of(
                "hello", "hello",
                "gap", "gap",
                "article.published", "published",
                "article.corrected", "corrected",
                "article.withdrawn", "withdrawn");
        String unknown =
                new ResumePoint.AtOffsets(new TopicOffsets(Uuid.randomUuid(), List.of(3L), Instant.EPOCH)).encode();
        try (var reader = StreamClient.resumed(port, "?category=described", unknown)) {
            reader.awaitsId(topic.write(published("s1", "described")));
            reader.awaitsId(topic.write(corrected("s2", "described")));
            reader.awaitsId(topic.write(withdrawn("s3", "described")));
            assertThat(reader.events()).extracting(ServerSentEvent::event).containsAll(messages.keySet());
            for (var event : reader.events()) {
                if (event.event() == null) {
                    continue; // a heartbeat, of which the document says nothing
                }
                String message = String.valueOf(messages.get(event.event()));
                JsonNode data = JsonMapper.shared().readTree(String.valueOf(event.data()));
                assertThat(AsyncApiDocument.errors(message, data)).as(message).isEmpty();
            }
        }
    }

    @Test
    void theAsyncApiDocumentIsServedToAnyone() {
        var answer = Objects.requireNonNull(WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/asyncapi")
                .retrieve()
                .toEntity(byte[].class)
                .block(Duration.ofMinutes(1)));
        JsonNode document = JsonMapper.shared().readTree(answer.getBody());
        assertThat(document.path("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(document.at("/channels/stream/address").asString()).isEqualTo(NotificationStreamController.PATH);
        assertThat(answer.getHeaders().getContentType()).hasToString("application/vnd.aai.asyncapi+json;version=3.0.0");
        assertThat(answer.getHeaders().getETag()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "?category=one,                    1 2 3",
        "?category=one&category=two,       1 2 3 4",
        "'?category=one,two&tag=Campus',   1 3 4",
        "?category=one&tag=SPORTS,         2",
        "?category=one&author=ada+lovelace, 1 2",
        "?category=one&tag=campus&author=Alan+Turing, 3",
        "?category=none,                   ''"
    })
    void aFilterHoldsForTheStreamAndForTheList(String query, String expected) {
        var connected = StreamClient.to(port, "");
        connected.close();
        var ids = List.of(
                topic.write(published("f", "one", "Campus", "Ada Lovelace")),
                topic.write(published("f", "one", "Sports", "Ada Lovelace")),
                topic.write(published("f", "one", "Campus", "Alan Turing")),
                topic.write(published("f", "two", "Campus", "Alan Turing")));
        var wanted = Arrays.stream(expected.split(" ", -1))
                .filter(number -> !number.isEmpty())
                .map(number -> ids.get(Integer.parseInt(number) - 1))
                .toList();
        try (var all = StreamClient.resumed(port, "", connected.lastId());
                var filtered = StreamClient.resumed(port, query, connected.lastId())) {
            all.awaitsId(ids.get(3));
            await().until(() -> filtered.notifications().equals(wanted));
            assertThat(list(query + "&after=" + connected.lastId())).isEqualTo(wanted);
        }
    }

    @Test
    void anIdInTheQueryResumesTooButTheHeaderIsNewer() {
        var connected = StreamClient.to(port, "?category=query");
        connected.close();
        String first = topic.write(published("q", "query"));
        String second = topic.write(published("q", "query"));
        String query = "?category=query&lastEventId=" + connected.lastId();
        try (var reader = StreamClient.to(port, query)) {
            reader.awaitsId(second);
            assertThat(reader.notifications()).containsExactly(first, second);
            String lastId = reader.lastId();
            String third = topic.write(published("q", "query"));
            try (var again = StreamClient.resumed(port, query, lastId)) {
                again.awaitsId(third);
                assertThat(again.notifications()).containsExactly(third);
            }
        }
    }

    @Test
    void aStreamSaysOfItselfWhatAnyAnswerSays() throws Exception {
        var anyone = headersOfAStream("theme=dark");
        var staff = headersOfAStream("broadsheet_session=no-longer-good"); // goes through Spring Security and WebFlux
        assertThat(anyone).isEqualTo(staff).containsEntry("x-frame-options", List.of("DENY"));
    }

    private Map<String, List<String>> headersOfAStream(String cookie) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + NotificationStreamController.PATH))
                .header("Cookie", cookie)
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.headers().map();
    }

    @Test
    void aConnectionGoesOnWithAnotherRequestBehindItsStream() throws Exception {
        try (var service = ServiceInstance.start(
                        TestServers.bootstrapServers(), "any", "broadsheet.notification.stream.lifetime=20ms");
                var client = new Socket("localhost", service.port())) {
            client.setSoTimeout(60_000);
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(NotificationStreamController.PATH);
            client.getOutputStream().write(request.repeat(2).getBytes(UTF_8));
            var answers = new StringBuilder();
            while (!answers.toString().endsWith("\r\n0\r\n\r\n")
                    || answers.indexOf("event:hello") == answers.lastIndexOf("event:hello")) {
                answers.append((char) client.getInputStream().read());
            }
            assertThat(answers.toString())
                    .matches(Pattern.compile("(HTTP/1.1 200 OK.*event:hello.*\r\n0\r\n\r\n){2}", Pattern.DOTALL));
        }
    }

    @Test
    void aStreamCountsAsARequestWhileItIsOpen(@Autowired MeterRegistry meters) {
        try (var reader = StreamClient.to(port, "?category=counted")) {
            assertThat(reader.hasEnded()).isFalse();
            await().until(() -> meters.find("http.server.requests")
                            .tag("uri", "/api/notifications/stream")
                            .tag("status", "200")
                            .timer()
                    != null);
        }
    }

    @Test
    void whatIsNoStreamIsAnsweredAsEverywhere() {
        assertThat(status("?lastEventId=nonsense", "text/event-stream")).isEqualTo(400);
        assertThat(status("?unknown=1", "text/event-stream")).isEqualTo(400);
        assertThat(status("", "application/json")).isEqualTo(406);
        assertThat(status(
                        "?category="
                                + IntStream.range(0, 60)
                                        .mapToObj(String::valueOf)
                                        .collect(Collectors.joining(",")),
                        "*/*"))
                .isEqualTo(400);
    }

    private int status(String query, String accept) {
        return Objects.requireNonNull(WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/notifications/stream" + query)
                .header("Accept", accept)
                .exchangeToMono(answer ->
                        answer.releaseBody().thenReturn(answer.statusCode().value()))
                .block(Duration.ofMinutes(1)));
    }

    private List<String> list(String query) {
        JsonNode page = WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/notifications" + query)
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(Duration.ofMinutes(1));
        return Objects.requireNonNull(page)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }
}
