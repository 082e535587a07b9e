package broadsheet.article.sending;

import static broadsheet.article.sending.ViewEvents.views;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Topic;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** What a real Kafka says to views of a clock that was two hours ahead, one by one and many in a batch. */
class ClockAheadIntegrationTests {

    private static final Map<String, Object> KAFKA =
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers());

    @TempDir
    Path folder;

    @Test
    void allViewsOfAClockThatWasAheadArriveAndTheyHoldUpNoOthers() throws Exception {
        var right = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var clock = new SettableClock(right.plus(Duration.ofHours(2)));
        var properties = new SendingProperties(folder.resolve("spool"), 1_000, 1_000, true, Duration.ofSeconds(4));
        var producer =
                new ViewProducer(() -> new KafkaProducer<>(KAFKA, new StringSerializer(), new ByteArraySerializer()));
        var spool = new ViewSpool(properties, clock, new SimpleMeterRegistry());
        try (var admin = Admin.create(KAFKA)) {
            create(admin);
            long before = end(admin);
            var sender = new ViewSender(producer, spool, clock, properties);
            var takeOver = new SpoolTakeOver(spool, properties, clock);
            var report = new SpoolReport(spool, takeOver, producer, clock);
            var drain = new ViewSpoolDrain(spool, takeOver, producer, sender, report, clock);
            await().until(producer.partitions()::allTakeRecords);
            send(sender, views(50, clock.instant()));
            drain.drain();
            clock.set(right);
            send(sender, views(50, right));
            await().until(() -> {
                drain.drain();
                return spool.files().isEmpty();
            });
            assertThat(end(admin) - before).isEqualTo(100);
        } finally {
            producer.destroy();
            spool.destroy();
        }
    }

    private static void send(ViewSender sender, List<EncodedEvent> views) {
        Flux.fromIterable(views).flatMap(sender::send).blockLast();
    }

    private static void create(Admin admin) throws Exception {
        for (Topic topic : List.of(Topic.VIEWS, Topic.VIEWS_SPOOLED)) {
            try {
                admin.createTopics(List.of(topic.newTopic((short) 1))).all().get();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
            }
        }
    }

    private static long end(Admin admin) throws Exception {
        return admin
                .listOffsets(IntStream.range(0, Topic.VIEWS.partitions())
                        .mapToObj(number -> new TopicPartition(Topic.VIEWS.topicName(), number))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }
}
