package broadsheet.kafka;

import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.KafkaStartingLate;
import broadsheet.testservers.TestServers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.core.KafkaAdmin;

class KafkaStartupIntegrationTests {

    private final String topic = "late." + UUID.randomUUID();

    @Test
    void topicsAndTheirSettingsAreMadeOnceKafkaAnswers() throws Exception {
        try (var late = new KafkaStartingLate(TestServers.bootstrapServers());
                var context = new GenericApplicationContext();
                var admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            context.registerBean("topic", NewTopic.class, () -> new NewTopic(topic, 1, (short) 1));
            context.refresh();
            var kafka = new KafkaAdmin(Map.of(
                    "bootstrap.servers", late.bootstrapServers(),
                    "default.api.timeout.ms", 1_000,
                    "request.timeout.ms", 500));
            kafka.setAutoCreate(false);
            kafka.setApplicationContext(context);
            kafka.setOperationTimeout(1);
            var start = new KafkaStartup(
                    kafka,
                    null,
                    List.of(new TopicSetting(topic, TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1")),
                    new KafkaReadingProperties(Duration.ofSeconds(1), Duration.ofMillis(50)));
            start.start();
            assertThat(admin.listTopics().names().get()).doesNotContain(topic);
            late.start();

            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(requireNonNull(admin.describeConfigs(List.of(resource))
                                            .all()
                                            .get()
                                            .get(resource))
                                    .get(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG)
                                    .value())
                            .isEqualTo("1"));
            start.stop();
        }
    }

    @Test
    void aTryThatRunsEndsBeforeTheServiceStops() throws Exception {
        var begun = new CountDownLatch(1);
        var brokerAnswers = new CountDownLatch(1);
        var ended = new CompletableFuture<String>();
        var kafka = new KafkaAdmin(Map.of()) {
            @Override
            protected Collection<NewTopic> newTopics() {
                begun.countDown();
                try {
                    brokerAnswers.await();
                    ended.complete("made its topics");
                } catch (InterruptedException e) {
                    ended.complete("was interrupted");
                }
                return List.of();
            }
        };
        var start = new KafkaStartup(
                kafka, null, List.of(), new KafkaReadingProperties(Duration.ofSeconds(1), Duration.ofMillis(50)));
        start.start();
        begun.await();
        var stopped = CompletableFuture.runAsync(start::stop);
        await().until(() -> !start.isRunning());
        brokerAnswers.countDown();
        stopped.join();
        assertThat(ended).isCompletedWithValue("made its topics");
    }
}
