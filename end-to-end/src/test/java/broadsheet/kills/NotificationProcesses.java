package broadsheet.kills;

import broadsheet.embedded.FreePorts;
import broadsheet.story.SiteClient;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import broadsheet.testservers.process.Killable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Kafka, MongoDB and two instances of notification-service, each a process of its own on 127.0.0.1. */
final class NotificationProcesses implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final int kafkaPort = FreePorts.any();
    private final int mongoPort = FreePorts.any();
    private final List<Integer> ports = List.of(FreePorts.any(), FreePorts.any());
    private final Killable kafka;
    private final Killable mongo;
    private final List<Killable> instances;

    /** @param jvm options of each JVM */
    NotificationProcesses(Path folder, List<String> jvm) {
        kafka = EmbeddedServerMain.kafka(folder, jvm, kafkaPort);
        mongo = EmbeddedServerMain.mongo(folder, jvm, mongoPort);
        instances = Stream.of(0, 1)
                .<Killable>map(number -> instance(folder, jvm, number))
                .toList();
    }

    void start() {
        kafka.start();
        mongo.start();
        instances.forEach(Killable::start);
        awaitAnswers();
    }

    /** Until both instances answer. */
    void awaitAnswers() {
        for (int number = 0; number < instances.size(); number++) {
            SiteClient instance = at(number);
            Awaitility.await()
                    .atMost(START)
                    .ignoreExceptions()
                    .until(() -> instance.get("/api/notifications").status() == 200);
        }
    }

    SiteClient at(int instance) {
        return SiteClient.at(URI.create("http://127.0.0.1:" + ports.get(instance)));
    }

    Killable instance(int number) {
        return instances.get(number);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public void close() {
        instances.forEach(Killable::close);
        List.of(kafka, mongo).forEach(Killable::close);
    }

    private JavaProcess instance(Path folder, List<String> jvm, int number) {
        return new JavaProcess(
                "notification-service-" + (number + 1),
                folder,
                jvm,
                "broadsheet.notification.NotificationService",
                List.of(),
                Map.of(
                        "BROADSHEET_PORT",
                        Integer.toString(ports.get(number)),
                        "BROADSHEET_MONGODB_URI",
                        "mongodb://127.0.0.1:%d/broadsheet?w=majority&journal=true".formatted(mongoPort),
                        "BROADSHEET_KAFKA_BOOTSTRAP",
                        bootstrapServers(),
                        "BROADSHEET_WEBHOOK_ALLOW",
                        "127.0.0.0/8"));
    }
}
