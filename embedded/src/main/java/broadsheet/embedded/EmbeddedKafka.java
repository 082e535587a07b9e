package broadsheet.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

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

    private final FolderLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(FolderLock lock, KafkaRaftServer server, String bootstrapServers) {
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
        return start(folder, Loopback.freePorts(1)[0]);
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

    private static EmbeddedKafka startHere(Path absolute, int port) {
        FolderLock lock = FolderLock.hold(absolute);
        try {
            Path log = absolute.resolve("log");
            format(log);
            KafkaConfig config = new KafkaConfig(settings(log, port, Loopback.freePorts(1)[0]), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(lock, server, Loopback.HOST + ":" + port);
        } catch (EmbeddedServerException e) {
            lock.close();
            throw e;
        } catch (Exception e) {
            lock.close();
            throw new EmbeddedServerException("Kafka cannot start on the folder %s.".formatted(absolute), e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
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

    private static Map<String, String> settings(Path log, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", NODE),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort)),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:%d".formatted(port)),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry("controller.quorum.voters", "%s@127.0.0.1:%d".formatted(NODE, controllerPort)),
                Map.entry("log.dirs", log.toString()),
                Map.entry("metric.reporters", ""),
                // one broker: nothing to replicate, nobody to wait for
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.num.partitions", "2"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // a second at most between the page cache and the disk
                Map.entry("log.flush.interval.ms", "1000"),
                Map.entry("log.flush.scheduler.interval.ms", "1000"),
                // the empty record of every half second serves only to watch other controllers
                Map.entry("metadata.max.idle.interval.ms", "0"),
                // a killed broker is let in again only when the session it left behind has ended
                Map.entry("broker.session.timeout.ms", "1500"),
                Map.entry("broker.heartbeat.interval.ms", "300"),
                // small: a heap and a folder for one site
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
                Map.entry("log.segment.bytes", "134217728"),
                Map.entry("log.index.size.max.bytes", "1048576"));
    }
}
