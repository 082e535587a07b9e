package broadsheet.stats.kafka;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.TestStatsProperties;
import broadsheet.testservers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaAdmin;

/** From when the topic holds every view. */
class ViewsTopicIntegrationTests {

    private static final Map<String, Object> SERVERS = Map.of("bootstrap.servers", TestServers.bootstrapServers());
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final String name = "views-" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final ViewsTopic topic = new ViewsTopic(
            TestStatsProperties.ofTopic(name), new KafkaAdmin(SERVERS), InstantSource.fixed(now.plusSeconds(60)));
    private final Admin admin = Admin.create(SERVERS);

    @BeforeEach
    void sendThreeViews() throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        try (var producer = new KafkaProducer<>(SERVERS, new StringSerializer(), new ByteArraySerializer())) {
            for (int second = 0; second < 3; second++) {
                producer.send(sent(name, event(view("a", "v", now.plusSeconds(second)))))
                        .get();
            }
        }
    }

    @AfterEach
    void close() {
        admin.close();
        topic.destroy();
    }

    @Test
    void nothingIsMissingWhereNothingWasDeleted() {
        assertThat(topic.since().block(TIME_LIMIT)).isEqualTo(Optional.empty());
    }

    @Test
    void whatWasReceivedBeforeTheFirstRecordIsMissing() throws Exception {
        deleteBefore(2);

        assertThat(topic.since().block(TIME_LIMIT)).contains(now.plusSeconds(2));
    }

    @Test
    void everythingUntilNowIsMissingWhereNoRecordIsLeft() throws Exception {
        deleteBefore(3);

        assertThat(topic.since().block(TIME_LIMIT)).contains(now.plusSeconds(60));
    }

    private void deleteBefore(long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }
}
