package broadsheet.testservers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * One MongoDB and one Kafka for all tests of a JVM, each started when first asked for.
 *
 * <p>They are containers where a Docker engine answers, else embedded; the system property or environment variable {@code
 * BROADSHEET_TEST_SERVERS} ({@code embedded} or {@code containers}) forces either.
 */
public final class TestServers {

    private static final Logger log = LoggerFactory.getLogger(TestServers.class);

    private static final SingletonSupplier<ServerKind> KIND = SingletonSupplier.of(() -> {
        ServerKind kind = ServerKind.chosen();
        log.info(
                "Tests run on {}",
                switch (kind) {
                    case EMBEDDED -> "the embedded servers";
                    case CONTAINERS -> "containers of MongoDB and Kafka";
                });
        return kind;
    });

    private TestServers() {}

    public static ServerKind kind() {
        return KIND.obtain();
    }

    /** The connection string of that database; databases are created by their first write. */
    public static String mongoUri(String database) {
        return mongoUri(kind(), database);
    }

    static String mongoUri(ServerKind kind, String database) {
        return switch (kind) {
            case EMBEDDED -> Embedded.MONGO.obtain().connectionString(database);
            case CONTAINERS -> Containers.MONGO.obtain().getConnectionString() + "/" + database;
        };
    }

    public static String bootstrapServers() {
        return switch (kind()) {
            case EMBEDDED -> Embedded.KAFKA.obtain().bootstrapServers();
            case CONTAINERS -> Containers.KAFKA.obtain().getBootstrapServers();
        };
    }
}
