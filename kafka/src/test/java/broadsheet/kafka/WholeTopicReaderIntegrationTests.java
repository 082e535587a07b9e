package broadsheet.kafka;

import static broadsheet.kafka.RecordedTopic.numbered;
import static broadsheet.kafka.RecordedTopic.write;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.Topic;
import broadsheet.testservers.KafkaStartingLate;
import broadsheet.testservers.LosableKafka;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeTopicReaderIntegrationTests {

    private static final String KAFKA = TestServers.bootstrapServers();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WholeTopicReaders readers = readers(KAFKA, Duration.ofMillis(500));
    private final List<WholeTopicReader> started = new ArrayList<>();
    private Admin admin;

    @BeforeAll
    void connect() {
        admin = Admin.create(Map.of("bootstrap.servers", KAFKA));
    }

    @AfterEach
    void stopReaders() {
        started.forEach(WholeTopicReader::stop);
        started.clear();
    }

    @AfterAll
    void disconnect() {
        admin.close();
        readers.close();
    }

    @Test
    void everyInstanceReadsWhatIsThereAndThenWhatComes() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 100));
        var one = new RecordedTopic();
        var other = new RecordedTopic();
        var reader = start(readers, topic, one);
        start(readers, topic, other);
        await().until(() -> !one.sizesWhenCaughtUp.isEmpty() && !other.sizesWhenCaughtUp.isEmpty());
        write(KAFKA, topic, numbered(100, 110));

        await().until(() -> one.values.size() == 110 && other.values.size() == 110);
        assertThat(one.values).containsExactly(numbered(0, 110));
        assertThat(other.values).containsExactly(numbered(0, 110));
        assertThat(one.sizesWhenCaughtUp).containsExactly(100);
        assertThat(reader.isCaughtUp()).isTrue();
        assertThat(one.beginnings).hasSize(1);
        assertThat(one.beginnings.get(0).complete()).isTrue();
    }

    @Test
    void aTopicThatIsMissingIsCreatedAndReadAtOnce() throws Exception {
        String topic = "whole." + UUID.randomUUID();
        var recorded = new RecordedTopic();
        start(readers, topic, recorded);
        await().until(() -> !recorded.sizesWhenCaughtUp.isEmpty());
        write(KAFKA, topic, "first");

        await().until(() -> recorded.values.equals(List.of("first")));
        assertThat(recorded.beginnings.get(0).offsets()).hasSize(Topic.HITS.partitions());
    }

    @Test
    void aRecordThatItsListenerCannotTakeIsSkipped() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, "a", "unreadable", "b", "defect", "c");
        var recorded = new RecordedTopic();
        start(readers, topic, recorded);

        await().until(() -> recorded.values.equals(List.of("a", "b", "c")));
        await().until(() -> recorded.sizesWhenCaughtUp.equals(List.of(3)));
        assertThat(meters.get("broadsheet.kafka.skipped")
                        .tag("topic", topic)
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirStartAndNothingTwice() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 10));
        var recorded = new RecordedTopic();
        start(readers, topic, recorded);
        await().until(() -> recorded.values.size() == 10);
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(12)))
                .all()
                .get();
        write(KAFKA, topic, numbered(10, 60));

        await().until(() -> recorded.values.size() >= 60);
        assertThat(recorded.values).containsExactlyInAnyOrder(numbered(0, 60));
        assertThat(recorded.beginnings).hasSize(1);
        assertThat(recorded.sizesWhenCaughtUp).hasSize(1);
    }

    @Test
    void aTopicThatIsCreatedAnewIsReadAnew() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, "old");
        var recorded = new RecordedTopic();
        start(readers, topic, recorded);
        await().until(() -> recorded.values.equals(List.of("old")));
        admin.deleteTopics(List.of(topic)).all().get();
        await().until(() -> recorded.beginnings.size() == 2);
        write(KAFKA, topic, "new");

        await().until(() -> recorded.values.equals(List.of("old", "new")));
        await().until(() -> recorded.sizesWhenCaughtUp.size() == 2);
        assertThat(recorded.beginnings).extracting(TopicBeginning::topicId).doesNotHaveDuplicates();
    }

    @Test
    void theLastRecordsAreEnoughWhereNoMoreAreAskedFor() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 50));
        var recorded = new RecordedTopic();
        var reader = readers.ofLast(20, Topic.HITS, topic, recorded);
        started.add(reader);
        reader.start();

        await().until(reader::isCaughtUp);
        assertThat(recorded.values).containsExactly(numbered(30, 50));
        assertThat(recorded.beginnings.get(0).complete()).isFalse();
        assertThat(recorded.beginnings.get(0).offsets()).containsEntry(0, 30L);
    }

    @Test
    void recordsThatAreDeletedAreNotWaitedFor() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 50));
        var partition = new TopicPartition(topic, 0);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(50)))
                .all()
                .get();
        var recorded = new RecordedTopic();
        var reader = start(readers, topic, recorded);

        await().until(reader::isCaughtUp);
        assertThat(recorded.values).isEmpty();
    }

    @Test
    void aReaderThatIsStartedAgainGoesOnWhereItStopped() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 10));
        var recorded = new RecordedTopic();
        var reader = start(readers, topic, recorded);
        await().until(reader::isCaughtUp);
        reader.stop();
        assertThat(reader.isRunning()).isFalse();
        write(KAFKA, topic, numbered(10, 20));
        reader.start();

        await().until(() -> recorded.values.size() >= 20);
        assertThat(recorded.values).containsExactly(numbered(0, 20));
        assertThat(recorded.beginnings).hasSize(1);
    }

    @Test
    void aReaderThatStartsBeforeKafkaReadsOnceKafkaIsThere() throws Exception {
        String topic = createdTopic(1);
        write(KAFKA, topic, numbered(0, 10));
        try (var late = new KafkaStartingLate(KAFKA);
                var lateReaders = readers(late.bootstrapServers(), Duration.ofMillis(500))) {
            var recorded = new RecordedTopic();
            var reader = start(lateReaders, topic, recorded);
            assertThat(reader.isCaughtUp()).isFalse();
            late.start();

            await().until(reader::isCaughtUp);
            assertThat(recorded.values).containsExactly(numbered(0, 10));
            reader.stop();
        }
    }

    @Test
    void aTopicThatLostItsEndAndGrewBackIsReadAnew() throws Exception {
        try (var kafka = new LosableKafka();
                var patient = readers(kafka.bootstrapServers(), Duration.ofSeconds(5));
                var its = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            String topic = createdTopic(its, 1);
            write(kafka.bootstrapServers(), topic, numbered(0, 10));
            var recorded = new RecordedTopic();
            var reader = start(patient, topic, recorded);
            await().until(() -> recorded.values.size() >= 10);
            kafka.flush(topic);
            write(kafka.bootstrapServers(), topic, numbered(10, 20));
            await().until(() -> recorded.values.size() >= 20);

            kafka.loseEnd(topic);
            write(kafka.bootstrapServers(), topic, numbered(20, 40)); // before the reader is back
            await().untilAsserted(() -> assertThat(recorded.values).contains(numbered(20, 40)));
            reader.stop();
        }
    }

    private WholeTopicReader start(WholeTopicReaders readers, String topic, WholeTopicListener listener) {
        var reader = readers.of(Topic.HITS, topic, listener);
        started.add(reader);
        reader.start();
        return reader;
    }

    private String createdTopic(int partitions) throws Exception {
        return createdTopic(admin, partitions);
    }

    private static String createdTopic(Admin admin, int partitions) throws Exception {
        String name = "whole." + UUID.randomUUID();
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
        return name;
    }

    private WholeTopicReaders readers(String bootstrapServers, Duration reconnectedAfter) {
        Map<String, Object> clients = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "reconnect.backoff.ms",
                Math.min(50, reconnectedAfter.toMillis()),
                "reconnect.backoff.max.ms",
                reconnectedAfter.toMillis());
        return new WholeTopicReaders(
                new DefaultKafkaConsumerFactory<>(clients),
                clients,
                new KafkaReadingProperties(Duration.ofMillis(100), Duration.ofMillis(100)),
                meters,
                ObservationRegistry.NOOP);
    }
}
