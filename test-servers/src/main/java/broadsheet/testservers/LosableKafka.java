package broadsheet.testservers;

import broadsheet.embedded.EmbeddedKafka;
import broadsheet.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A broker whose partitions can lose their end, as the unflushed records are lost with the power. */
public final class LosableKafka implements AutoCloseable {

    private final Path folder;
    private final int port = FreePorts.any();
    private EmbeddedKafka kafka;

    public LosableKafka() throws IOException {
        folder = Files.createTempDirectory("broadsheet-test");
        kafka = start();
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Restarts the broker, and keeps what a topic holds in between. */
    public void flush(String topic) throws IOException {
        kafka.close();
        for (Path partition : partitions(topic)) {
            FileSystemUtils.copyRecursively(partition, kept(partition));
        }
        kafka = start();
    }

    /** Restarts the broker without what the topic got since it was flushed. */
    public void loseEnd(String topic) throws IOException {
        kafka.close();
        for (Path partition : partitions(topic)) {
            FileSystemUtils.deleteRecursively(partition);
            FileSystemUtils.copyRecursively(kept(partition), partition);
        }
        Files.delete(folder.resolve("log/.kafka_cleanshutdown"));
        kafka = start();
    }

    private EmbeddedKafka start() {
        return EmbeddedKafka.start(folder, port);
    }

    private List<Path> partitions(String topic) throws IOException {
        try (Stream<Path> partitions = Files.list(folder.resolve("log"))) {
            return partitions
                    .filter(partition -> partition.getFileName().toString().matches(topic + "-\\d+"))
                    .toList();
        }
    }

    private Path kept(Path partition) {
        return folder.resolve("kept").resolve(partition.getFileName());
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
