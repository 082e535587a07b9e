package broadsheet.testservers;

import broadsheet.embedded.EmbeddedKafka;
import broadsheet.embedded.EmbeddedMongo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.SingletonSupplier;

/** The embedded servers, each in a temporary folder that is deleted when the JVM ends. */
final class Embedded {

    static final SingletonSupplier<EmbeddedMongo> MONGO =
            SingletonSupplier.of(() -> started(folder -> EmbeddedMongo.open(folder.resolve("mongo.store"))));

    static final SingletonSupplier<EmbeddedKafka> KAFKA = SingletonSupplier.of(() -> started(EmbeddedKafka::start));

    private Embedded() {}

    private static <S extends AutoCloseable> S started(Function<Path, S> start) {
        Path folder = temporaryFolder();
        S server = start.apply(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
        return server;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("broadsheet-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(AutoCloseable server, Path folder) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }
}
