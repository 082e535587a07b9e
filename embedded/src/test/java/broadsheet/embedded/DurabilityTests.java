package broadsheet.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged by a process that is then killed is there for the next one. */
class DurabilityTests {

    static final String TOPIC = "written";

    private static final int KILLS = 3;
    private final Random random = new Random(9);
    private final Set<String> acknowledged = new HashSet<>();

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(@TempDir Path folder) throws Exception {
        makeTopic(folder.resolve("kafka"));
        for (int kill = 1; kill <= KILLS; kill++) {
            writeAndKill(folder, kill * 1_000_000, 200 + random.nextInt(800));
            assertThat(found(folder)).containsAll(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 200);
    }

    private static void makeTopic(Path folder) throws Exception {
        try (var kafka = EmbeddedKafka.start(folder);
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private void writeAndKill(Path folder, int from, int writes) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcknowledgingWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            lines.lines()
                    .filter(line -> line.startsWith("document ") || line.startsWith("record "))
                    .limit(writes)
                    .forEach(acknowledged::add);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private static Set<String> found(Path folder) {
        Set<String> found = new HashSet<>();
        try (var mongo = EmbeddedMongo.open(folder.resolve("mongo.store"));
                var client = MongoClients.create(mongo.connectionString("durability"))) {
            client.getDatabase("durability")
                    .getCollection("written")
                    .find()
                    .forEach(document -> found.add("document " + document.get("_id")));
        }
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add("record " + record.key()));
            }
        }
        return found;
    }
}
