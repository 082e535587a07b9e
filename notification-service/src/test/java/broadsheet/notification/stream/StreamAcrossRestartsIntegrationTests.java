package broadsheet.notification.stream;

import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.ServiceInstance;
import broadsheet.notification.event.EventHistory;
import broadsheet.testservers.TestServers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that start and stop, and topics that change under them. */
class StreamAcrossRestartsIntegrationTests {

    private final String kafka = TestServers.bootstrapServers();
    private final String name = "news.articles." + UUID.randomUUID();
    private final ArticlesTopicWriter topic = new ArticlesTopicWriter(kafka, name);

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void anIdIsGoodAfterARestartAndOnAnotherInstance() {
        StreamClient reader;
        String first;
        try (var service = start()) {
            reader = StreamClient.to(service.port(), "");
            first = topic.write(published("a", "campus"));
            reader.awaitsId(first);
        }
        await().until(reader::hasEnded);
        String meanwhile = topic.write(published("b", "campus"));
        try (var again = start();
                var other = start();
                var onAgain = StreamClient.resumed(again.port(), "", reader.lastId());
                var onOther = StreamClient.resumed(other.port(), "", reader.lastId())) {
            String last = topic.write(published("b", "campus"));
            for (var resumed : List.of(onAgain, onOther)) {
                resumed.awaitsId(last);
                assertThat(resumed.notifications()).containsExactly(meanwhile, last);
                assertThat(resumed.gaps()).isEmpty();
            }
        }
    }

    @Test
    void openStreamsDoNotHoldUpTheStop() {
        var service = start("spring.lifecycle.timeout-per-shutdown-phase=1h");
        try (var reader = StreamClient.to(service.port(), "")) {
            var stopped = CompletableFuture.runAsync(service::close);
            await().until(reader::hasEnded);
            await().until(stopped::isDone);
        }
    }

    @Test
    void aStreamEndsWithItsLifetimeAndItsClientMissesNothing() {
        try (var service = start("broadsheet.notification.stream.lifetime=1s")) {
            var reader = StreamClient.to(service.port(), "");
            await().until(reader::hasEnded);
            String meanwhile = topic.write(published("a", "campus"));
            try (var resumed = StreamClient.resumed(service.port(), "", reader.lastId())) {
                resumed.awaitsId(meanwhile);
                assertThat(resumed.gaps()).isEmpty();
            }
        }
    }

    @Test
    void streamsEndOneAfterTheOtherWhenTheServiceStops() throws Exception {
        int streams = 20;
        var service = start("broadsheet.notification.stream.drain=2s");
        var readers = IntStream.range(0, streams)
                .mapToObj(reader -> StreamClient.to(service.port(), ""))
                .toList();
        var stopped = CompletableFuture.runAsync(service::close);
        await().until(() -> readers.stream().anyMatch(StreamClient::hasEnded));
        assertThat(readers).anyMatch(reader -> !reader.hasEnded());
        await().until(() -> readers.stream().allMatch(StreamClient::hasEnded));
        await().until(stopped::isDone);
        assertThat(readers.stream().map(StreamClient::retry).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void whatIsNoLongerKeptIsAGapAndTheRestComes() {
        try (var service = start("broadsheet.notification.stream.history=5");
                var all = StreamClient.to(service.port(), "")) {
            var reader = StreamClient.to(service.port(), "");
            reader.close();
            List<String> written = IntStream.range(0, 20)
                    .mapToObj(event -> topic.write(published("a", "campus")))
                    .peek(all::awaitsId) // who is behind by more than is kept would be ended
                    .toList();
            try (var resumed = StreamClient.resumed(service.port(), "", reader.lastId())) {
                resumed.awaitsId(written.get(19));
                assertThat(resumed.gaps()).containsExactly("expired");
                assertThat(resumed.notifications()).isEqualTo(written.subList(15, 20));
            }
        }
    }

    @Test
    void oneStartReadsBackNoFurtherThanItMay() {
        try (var service = start()) {
            var reader = StreamClient.to(service.port(), "");
            reader.close();
            IntStream.range(0, 20).forEach(event -> topic.write(published("a", "campus")));
            try (var other = start("broadsheet.notification.stream.read-back=30");
                    var resumed = StreamClient.resumed(other.port(), "", reader.lastId())) {
                resumed.awaits(event -> "gap".equals(event.event()));
                await().until(() -> resumed.notifications().size() == 5);
            }
        }
    }

    @Test
    void aTopicThatIsMadeAnewIsFollowedAndItsClientsHearOfTheGap() throws Exception {
        try (var service = start("broadsheet.kafka.topic-check=100ms");
                var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            var reader = StreamClient.to(service.port(), "");
            reader.awaitsId(topic.write(published("a", "campus")));
            admin.deleteTopics(List.of(name)).all().get();
            await().until(reader::hasEnded);
            try (var resumed = StreamClient.resumed(service.port(), "", reader.lastId())) {
                resumed.awaits(event -> "gap".equals(event.event()));
                assertThat(resumed.gaps()).containsExactly("unknown");
                resumed.awaitsId(topic.write(published("a", "campus")));
            }
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirStart() throws Exception {
        try (var service = start("broadsheet.kafka.topic-check=100ms");
                var admin = Admin.create(Map.of("bootstrap.servers", kafka));
                var reader = StreamClient.to(service.port(), "")) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(30)))
                    .all()
                    .get();
            try (var more = new ArticlesTopicWriter(kafka, name)) {
                List<String> written = IntStream.range(0, 100)
                        .mapToObj(article -> more.write(published("a" + article, "campus")))
                        .toList();
                await().until(() -> reader.notifications().size() >= 100);
                assertThat(reader.notifications()).containsExactlyInAnyOrderElementsOf(written);
                assertThat(reader.gaps()).isEmpty();
            }
        }
    }

    private ServiceInstance start(String... settings) {
        var service = ServiceInstance.start(kafka, name, settings);
        await().until(service.bean(EventHistory.class)::isOpen);
        return service;
    }
}
