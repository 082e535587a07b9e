package broadsheet.standalone;

import broadsheet.embedded.EmbeddedKafka;
import broadsheet.embedded.EmbeddedMongo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Starts Kafka and the document store on their folders below the data folder, before any bean needs them. */
final class EmbeddedServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int MAX_PORT = 65_535;
    private static final String CHOOSE_PORT = "Set BROADSHEET_PORT to a free port, 1 to " + MAX_PORT + ".";
    private static final String CHOOSE_FOLDER = "Set BROADSHEET_DATA to a folder that this user can write.";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        requireFree(port(environment));
        Path data = dataFolder(environment);
        ExpectedKafkaErrors.leaveOut();
        // not on the common pool: its threads refuse another class loader than the system's, which sees no nested jar
        var kafka = CompletableFuture.supplyAsync(
                () -> EmbeddedKafka.start(data.resolve("kafka")), start -> new Thread(start, "kafka-start").start());
        EmbeddedMongo mongo = EmbeddedMongo.open(data.resolve("broadsheet.mv.db"));
        SpringApplication.getShutdownHandlers().add(mongo::close);
        String bootstrapServers = bootstrapServers(kafka);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embedded-servers",
                        Map.of(
                                "spring.mongodb.uri",
                                mongo.connectionString("broadsheet"),
                                "spring.kafka.bootstrap-servers",
                                bootstrapServers,
                                "broadsheet.views.spool",
                                data.resolve("views.spool"),
                                "broadsheet.search.folder",
                                data.resolve("search"),
                                "broadsheet.media.folder",
                                environment.getProperty(
                                        "BROADSHEET_MEDIA",
                                        data.resolve("media").toString()),
                                "broadsheet.outbox.instance",
                                "standalone"))); // the only one: its folder is locked
    }

    private static String bootstrapServers(CompletableFuture<EmbeddedKafka> starting) {
        try {
            EmbeddedKafka kafka = starting.join();
            SpringApplication.getShutdownHandlers().add(kafka::close);
            return kafka.bootstrapServers();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Path dataFolder(Environment environment) {
        Path folder = Path.of(environment.getProperty("BROADSHEET_DATA", "data"))
                .toAbsolutePath()
                .normalize();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FailureAnalyzedException("The data folder " + folder + " cannot be created.", CHOOSE_FOLDER, e);
        }
        if (!Files.isWritable(folder)) {
            throw new FailureAnalyzedException("The data folder " + folder + " cannot be written.", CHOOSE_FOLDER);
        }
        return folder;
    }

    private static int port(Environment environment) {
        String port = environment.getProperty("server.port", "8080");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new FailureAnalyzedException("'" + port + "' is not a port.", CHOOSE_PORT);
        }
        return Integer.parseInt(port);
    }

    private static void requireFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new FailureAnalyzedException("Port " + port + " is in use.", CHOOSE_PORT, e);
        }
    }
}
