package broadsheet.benchmarks;

import broadsheet.embedded.FreePorts;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** Kafka, a store like MongoDB and one notification-service, each a process of its own. */
final class NotificationServers implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final JavaProcess kafka;
    private final JavaProcess mongo;
    private final JavaProcess service;
    private final int kafkaPort = FreePorts.any();
    private final int mongoPort = FreePorts.any();
    private final int port = FreePorts.any();

    private NotificationServers(List<String> jvm, Map<String, String> settings) throws IOException {
        folder = Files.createTempDirectory("benchmark");
        kafka = EmbeddedServerMain.kafka(folder, List.of("-Xmx256m"), kafkaPort);
        mongo = EmbeddedServerMain.mongo(folder, List.of("-Xmx512m"), mongoPort);
        var environment = new HashMap<>(settings);
        environment.put("BROADSHEET_PORT", Integer.toString(port));
        environment.put("BROADSHEET_MONGODB_URI", mongoUri());
        environment.put("BROADSHEET_KAFKA_BOOTSTRAP", bootstrapServers());
        service = new JavaProcess(
                "notification-service",
                folder,
                jvm,
                "broadsheet.notification.NotificationService",
                List.of(),
                environment);
    }

    /** Returns once the service answers. */
    static NotificationServers start(List<String> jvm, Map<String, String> settings) throws Exception {
        var servers = new NotificationServers(jvm, settings);
        List.of(servers.kafka, servers.mongo, servers.service).forEach(JavaProcess::start);
        servers.awaitAnswer();
        return servers;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    String mongoUri() {
        return "mongodb://127.0.0.1:%d/broadsheet?w=majority&journal=true".formatted(mongoPort);
    }

    /** The most that the service had, in bytes. */
    long peakMemory() throws IOException {
        return service.peakMemory();
    }

    /** Of the service, the store and Kafka, since their start. */
    List<Duration> cpu() {
        return Stream.of(service, mongo, kafka).map(JavaProcess::cpu).toList();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private void awaitAnswer() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(at("/api/notifications")).build();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("notification-service does not start:\n" + Files.readString(service.log()));
    }

    @Override
    public void close() {
        List.of(service, mongo, kafka).forEach(JavaProcess::close);
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
