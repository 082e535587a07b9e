package broadsheet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTests {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileThatIsOpenAlreadySaysSo() {
        Path file = folder.resolve("store");
        try (var open = EmbeddedMongo.open(file)) {
            assertThat(open.connectionString("a")).startsWith("mongodb://127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedMongo.open(file))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("The file %s is in use by another process.", file);
        }
    }

    @Test
    void aFileThatIsNoStoreSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("store"), "no store ".repeat(5_000));

        assertThatThrownBy(() -> EmbeddedMongo.open(file))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessage("The file %s is damaged or not a store of this server.", file);
    }

    @Test
    void aFolderThatCannotBeMadeSaysSo() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedMongo.open(file.resolve("store")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> EmbeddedKafka.start(file.resolve("kafka")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aBrokersFolderIsItsOwnAlone() {
        Path log = folder.resolve("kafka");
        try (var open = EmbeddedKafka.start(log)) {
            assertThat(open.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(log))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("The folder %s is in use by another process.", log);
        }
    }

    /** In an executable jar the threads of the common pool see the classes of the JDK alone. */
    @Test
    void aBrokerStartsOnAThreadThatSeesNoClassesButTheJdks() throws Exception {
        // classes of its own: what Kafka's look up when they are initialised is looked up in this test
        try (var classes = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Method start = classes.loadClass(EmbeddedKafka.class.getName()).getMethod("start", Path.class);
            FutureTask<Object> starting = new FutureTask<>(() -> start.invoke(null, folder));
            Thread thread = new Thread(starting);
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            thread.start();

            ((AutoCloseable) starting.get()).close();
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void whatIsNoBrokersDataSaysSo() throws Exception {
        Path log = Files.createDirectories(folder.resolve("kafka/log"));
        Files.writeString(log.resolve("meta.properties"), "version=99\n");

        assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("kafka")))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("Kafka cannot start on the folder " + folder.resolve("kafka"));
    }

    /** Each of these updates writes some 20 KB to a new place: 60 MB without housekeeping. */
    @Test
    void aDocumentThatIsWrittenOverAndOverDoesNotFillTheDisk() throws Exception {
        Path file = folder.resolve("store");
        try (var mongo = EmbeddedMongo.open(file);
                MongoClient client = MongoClients.create(mongo.connectionString("d"))) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            documents.insertOne(new Document("_id", 1).append("text", "x".repeat(20_000)));
            for (int i = 0; i < 3_000; i++) {
                documents.updateOne(Filters.eq("_id", 1), Updates.set("n", i));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                documents.updateOne(Filters.eq("_id", 1), Updates.inc("n", 1));
                return Files.size(file) < 10_000_000;
            });
        }
    }
}
