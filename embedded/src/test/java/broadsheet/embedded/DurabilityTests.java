package broadsheet.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was acknowledged by a process that is then killed is there for the next one; the other tests do not wait for it. */
@Execution(ExecutionMode.CONCURRENT)
class DurabilityTests {

    static final String TOPIC = "written";

    private static final int KILLS = 3;
    private static final int FIRST_OF_A_KILL = 1_000_000;
    private final Random random = new Random(9);
    private final Set<String> acknowledged = new HashSet<>();
    private final NavigableMap<Integer, Set<Integer>> leaderEpochs = new TreeMap<>();

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(@TempDir Path folder) throws Exception {
        makeTopic(folder.resolve("kafka"));
        for (int kill = 1; kill <= KILLS; kill++) {
            writeAndKill(folder, kill * FIRST_OF_A_KILL, 200 + random.nextInt(800));
            if (kill > 1) { // the second start follows a kill, the third a stop
                assertThat(found(folder)).containsAll(acknowledged);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 200);
        eachStartWroteInAHigherLeaderEpoch();
    }

    /** By which stats-service tells what was written after a log lost its end from what it lost. */
    private void eachStartWroteInAHigherLeaderEpoch() {
        assertThat(leaderEpochs).hasSize(KILLS + 1);
        int before = -1;
        for (Set<Integer> epochs : leaderEpochs.values()) {
            assertThat(epochs).singleElement(INTEGER).isGreaterThan(before);
            before = epochs.iterator().next();
        }
    }

    /** The first start ends in order, the others are killed. */
    private static void makeTopic(Path folder) throws Exception {
        try (var kafka = EmbeddedKafka.start(folder);
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>(TOPIC, "0", new byte[0])).get();
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

    private Set<String> found(Path folder) {
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
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    found.add("record " + record.key());
                    leaderEpochs
                            .computeIfAbsent(Integer.parseInt(record.key()) / FIRST_OF_A_KILL, none -> new HashSet<>())
                            .add(record.leaderEpoch().orElseThrow());
                }
            }
        }
        return found;
    }
}
