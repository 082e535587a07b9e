package broadsheet.article;

import broadsheet.embedded.EmbeddedKafka;
import broadsheet.embedded.FreePorts;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A broker of a test's own that is stopped and comes back where it was, with all it had. */
final class RestartableKafka implements AutoCloseable {

    private final Path folder;
    private final int port = FreePorts.any();
    private @Nullable EmbeddedKafka broker;

    RestartableKafka(Path folder) {
        this.folder = folder;
        start();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void start() {
        broker = EmbeddedKafka.start(folder, port);
    }

    void stop() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
