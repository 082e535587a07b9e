package broadsheet.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.util.FileLock;

/**
 * A Kafka broker that is its own controller, on 127.0.0.1, with its data in a folder that it keeps across starts.
 *
 * <p>An acknowledged record is in the operating system's page cache and survives the death of the process, {@code kill
 * -9} included; it is forced to disk within a second, so the loss of power can cost the last second. A broker that can no
 * longer write its folder ends the process, as every Kafka broker does.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String NODE = "1";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String LOCK = "in-use.lock";

    private final FileLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(FileLock lock, KafkaRaftServer server, String bootstrapServers) {
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker on the folder, which is created and formatted if need be; returns once it serves clients.
     *
     * @throws EmbeddedServerException if the folder cannot be written, is in use or holds what is not a broker's data
     */
    public static EmbeddedKafka start(Path folder) {
        return start(folder, FreePorts.any());
    }

    /** The same on a port of one's choice, which clients still know after a restart. */
    public static EmbeddedKafka start(Path folder, int port) {
        Thread caller = Thread.currentThread();
        ClassLoader callers = caller.getContextClassLoader();
        // Kafka finds the classes that its settings name by this loader, and its threads inherit it
        caller.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
        try {
            return startHere(folder.toAbsolutePath().normalize(), port);
        } finally {
            caller.setContextClassLoader(callers);
        }
    }

    private static EmbeddedKafka startHere(Path folder, int port) {
        FileLock lock = lock(folder);
        try {
            Path log = folder.resolve("log");
            format(log);
            KafkaConfig config = new KafkaConfig(settings(log, port), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(lock, server, FreePorts.HOST + ":" + port);
        } catch (Exception e) {
            unlock(lock);
            throw e instanceof EmbeddedServerException known
                    ? known
                    : new EmbeddedServerException("Kafka cannot start on the folder %s.".formatted(folder), e);
        }
    }

    /** Holds the folder for this process, whose end unlocks it in any case. */
    private static FileLock lock(Path folder) {
        try {
            FileLock lock =
                    new FileLock(Files.createDirectories(folder).resolve(LOCK).toFile());
            if (!lock.tryLock()) {
                throw new EmbeddedServerException("The folder %s is in use by another process.".formatted(folder));
            }
            return lock;
        } catch (IOException e) {
            throw new EmbeddedServerException("The folder %s cannot be written.".formatted(folder), e);
        }
    }

    private static void unlock(FileLock lock) {
        try {
            lock.unlockAndClose();
        } catch (IOException e) {
            throw new EmbeddedServerException("The file %s cannot be closed.".formatted(lock.file()), e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        unlock(lock);
    }

    private static void format(Path log) throws Exception {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setNodeId(Integer.parseInt(NODE))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .addDirectory(log.toString())
                    .setMetadataLogDirectory(log.toString())
                    .run();
        }
    }

    private static Properties settings(Path log, int port) throws IOException {
        Properties settings = new Properties();
        try (InputStream common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
            settings.load(common);
        }
        String clients = "PLAINTEXT://%s:%d".formatted(FreePorts.HOST, port);
        String controller = "%s:%d".formatted(FreePorts.HOST, FreePorts.any());
        settings.put("listeners", "%s,%s://%s".formatted(clients, CONTROLLER, controller));
        settings.put("advertised.listeners", clients);
        settings.put("controller.quorum.voters", "%s@%s".formatted(NODE, controller));
        settings.put("log.dirs", log.toString());
        return settings;
    }
}
