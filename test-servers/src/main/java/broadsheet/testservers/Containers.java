package broadsheet.testservers;

import java.util.Map;
import org.springframework.util.function.SingletonSupplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/** MongoDB (one node, no replica set, its data in memory) and Kafka in containers, stopped when the JVM ends. */
final class Containers {

    static final SingletonSupplier<MongoDBContainer> MONGO =
            SingletonSupplier.of(() -> started(new MongoDBContainer("mongo:7.0").withTmpFs(Map.of("/data/db", "rw"))));

    static final SingletonSupplier<KafkaContainer> KAFKA =
            SingletonSupplier.of(() -> started(new KafkaContainer("apache/kafka:4.2.1")
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")));

    private Containers() {}

    private static <C extends GenericContainer<?>> C started(C container) {
        // Ryuk, which would do this, can be switched off
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        container.start();
        return container;
    }
}
