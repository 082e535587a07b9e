package broadsheet.benchmarks;

import broadsheet.embedded.FreePorts;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.util.FileSystemUtils;

/** Kafka, a store like MongoDB and one stats-service, the service with the options of its image, each a process of its own. */
final class StatsServers implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final int POLL_MILLIS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final JavaProcess kafka;
    private final JavaProcess mongo;
    private final JavaProcess stats;
    private final int kafkaPort = FreePorts.any();
    private final int port = FreePorts.any();
    private final int metricsPort = FreePorts.any();
    private final int mongoPort = FreePorts.any();

    private StatsServers(List<String> jvm) throws IOException {
        folder = Files.createTempDirectory("benchmark");
        kafka = EmbeddedServerMain.kafka(folder, List.of("-Xmx512m"), kafkaPort);
        mongo = EmbeddedServerMain.mongo(folder, List.of("-Xmx512m"), mongoPort);
        stats = new JavaProcess(
                "stats-service",
                folder,
                jvm,
                "broadsheet.stats.StatsService",
                List.of(),
                Map.of(
                        "BROADSHEET_PORT", Integer.toString(port),
                        "BROADSHEET_MANAGEMENT_PORT", Integer.toString(metricsPort),
                        "BROADSHEET_MONGODB_URI", mongoUri(),
                        "BROADSHEET_KAFKA_BOOTSTRAP", bootstrapServers()));
    }

    /** All but the service, with the topic of views. */
    static StatsServers start(List<String> jvm) throws Exception {
        var servers = new StatsServers(jvm);
        servers.kafka.start();
        servers.mongo.start();
        servers.createTopic();
        return servers;
    }

    JavaProcess stats() {
        return stats;
    }

    String mongoUri() {
        return "mongodb://127.0.0.1:%d/broadsheet?w=majority&journal=true".formatted(mongoPort);
    }

    /** The address of the service. */
    String site() {
        return "http://127.0.0.1:" + port;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** Until that many views are counted, hits or not, returns how many it were a second since the first of them. */
    long countedASecond(long views) throws InterruptedException {
        long first = 0;
        long before = 0;
        while (true) {
            long counted = counted();
            if (counted > 0 && first == 0) {
                first = System.nanoTime();
                before = counted;
            }
            if (counted >= views) {
                return (counted - before) * 1_000_000_000L / Math.max(1, System.nanoTime() - first);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** By the metric, 0 where the service does not answer yet. */
    private long counted() throws InterruptedException {
        return metrics("broadsheet_stats_views_total").stream()
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** The metrics whose names begin so, a line each; none where the service does not answer yet. */
    List<String> metrics(String prefix) throws InterruptedException {
        try {
            URI metrics = URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(metricsPort));
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Lets the service know the key that {@link StaffTokens} of this process are signed by. */
    void publishStaffKey() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(Topic.STAFF_SESSIONS.newTopic((short) 1)))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            producer.send(EventCodec.encode(Envelope.of("/article-service", Instant.now(), StaffTokens.key()))
                            .toRecord())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(Topic.VIEWS.newTopic((short) 1))).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        List.of(stats, mongo, kafka).forEach(JavaProcess::close);
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
