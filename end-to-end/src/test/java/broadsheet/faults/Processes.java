package broadsheet.faults;

import broadsheet.embedded.FreePorts;
import broadsheet.testservers.process.ContainerProcess;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import broadsheet.testservers.process.Killable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kafka, MongoDB, article-service and two instances of stats-service, each a process of its own on 127.0.0.1. */
final class Processes implements AutoCloseable {

    static final String PASSWORD = "the admin of one fault run";

    private static final String HOST = "127.0.0.1";
    private static final Duration START = Duration.ofMinutes(3);
    private static final int MAX_RESTARTS = 20;

    private final Path folder;
    private final List<String> jvm;
    private final int kafkaPort = FreePorts.any();
    private final int mongoPort = FreePorts.any();
    private final Map<Killable, Integer> ports = new LinkedHashMap<>();
    private final Killable kafka;
    private final Killable mongo;
    private final Killable articleService;
    private final List<Killable> statsServices;

    /** @param jvm options of each JVM */
    Processes(Path folder, List<String> jvm, boolean containers) {
        this.folder = folder;
        this.jvm = jvm;
        kafka = at(kafkaPort, containers ? kafkaContainer() : EmbeddedServerMain.kafka(folder, jvm, kafkaPort));
        mongo = at(mongoPort, containers ? mongoContainer() : EmbeddedServerMain.mongo(folder, jvm, mongoPort));
        articleService = service("article-service", "broadsheet.article.ArticleService", "article");
        statsServices = List.of(
                service("stats-service-1", "broadsheet.stats.StatsService", "stats"),
                service("stats-service-2", "broadsheet.stats.StatsService", "stats"));
    }

    void start() {
        List.of(kafka, mongo).forEach(Killable::start);
        List.of(kafka, mongo).forEach(this::awaitAnswer);
        services().forEach(Killable::start);
        services().forEach(this::awaitAnswer);
    }

    String bootstrapServers() {
        return HOST + ":" + kafkaPort;
    }

    URI articleService() {
        return origin(articleService);
    }

    URI statsService(int instance) {
        return origin(statsServices.get(instance % statsServices.size()));
    }

    /** The process that a fault befalls. */
    Killable victim(FaultSequence.PlannedFault planned) {
        return switch (planned.fault()) {
            case KAFKA_KILLED, KAFKA_PAUSED -> kafka;
            case MONGODB_KILLED, MONGODB_PAUSED -> mongo;
            case ARTICLE_SERVICE_KILLED -> articleService;
            case STATS_SERVICE_KILLED, STATS_SERVICE_LEFT ->
                statsServices.get(planned.instance() % statsServices.size());
        };
    }

    /** Until it takes connections; a process that ends meanwhile is started again, as Compose does. Returns how often. */
    int awaitAnswer(Killable process) {
        long end = System.nanoTime() + START.toNanos();
        int restarts = 0;
        while (!takesConnections(port(process))) {
            if (System.nanoTime() > end || restarts > MAX_RESTARTS) {
                throw new IllegalStateException("%s does not answer; see %s".formatted(process.name(), folder));
            }
            if (!process.isRunning()) {
                process.start();
                restarts++;
            }
            pause();
        }
        return restarts;
    }

    @Override
    public void close() {
        services().forEach(Killable::close);
        List.of(kafka, mongo).forEach(Killable::close);
    }

    private List<Killable> services() {
        return Stream.concat(Stream.of(articleService), statsServices.stream()).toList();
    }

    private URI origin(Killable process) {
        return URI.create("http://%s:%d".formatted(HOST, port(process)));
    }

    private int port(Killable process) {
        return Objects.requireNonNull(ports.get(process));
    }

    private Killable at(int port, Killable process) {
        ports.put(process, port);
        return process;
    }

    private Killable service(String name, String mainClass, String database) {
        int port = FreePorts.any();
        String store = "mongodb://%s:%d/broadsheet_%s?w=majority&journal=true&serverSelectionTimeoutMS=5000"
                .formatted(HOST, mongoPort, database);
        return at(
                port,
                new JavaProcess(
                        name,
                        folder,
                        jvm,
                        mainClass,
                        List.of(),
                        Map.of(
                                "BROADSHEET_PORT",
                                Integer.toString(port),
                                "BROADSHEET_MONGODB_URI",
                                store,
                                "BROADSHEET_KAFKA_BOOTSTRAP",
                                bootstrapServers(),
                                "BROADSHEET_SPOOL",
                                folder.resolve("views.spool").toString(),
                                "BROADSHEET_SEARCH",
                                folder.resolve("search").toString(),
                                "BROADSHEET_ADMIN_PASSWORD",
                                PASSWORD,
                                "BROADSHEET_PASSWORD_COST",
                                "4",
                                "BROADSHEET_BEHIND_PROXY",
                                "true")));
    }

    private Killable kafkaContainer() {
        return new ContainerProcess(
                "kafka",
                folder,
                List.of(
                        "--publish=%s:%d:9092".formatted(HOST, kafkaPort),
                        "--env=KAFKA_NODE_ID=1",
                        "--env=KAFKA_PROCESS_ROLES=broker,controller",
                        "--env=KAFKA_LISTENERS=PLAINTEXT://:9092,CONTROLLER://localhost:9093",
                        "--env=KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://" + bootstrapServers(),
                        "--env=KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "--env=KAFKA_CONTROLLER_LISTENER_NAMES=CONTROLLER",
                        "--env=KAFKA_CONTROLLER_QUORUM_VOTERS=1@localhost:9093",
                        "--env=KAFKA_AUTO_CREATE_TOPICS_ENABLE=false",
                        "--env=KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR=1",
                        "--env=KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS=0",
                        "apache/kafka:4.2.1"));
    }

    private Killable mongoContainer() {
        return new ContainerProcess(
                "mongodb", folder, List.of("--publish=%s:%d:27017".formatted(HOST, mongoPort), "mongo:7.0"));
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
