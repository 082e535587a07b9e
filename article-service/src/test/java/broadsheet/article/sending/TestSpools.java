package broadsheet.article.sending;

import broadsheet.article.sending.SpoolFile.Pending;
import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.events.EncodedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Spools of several instances in one folder, whose disk can be full. */
final class TestSpools implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-24T06:10:00Z");
    static final int PLENTY = 1_000;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    volatile boolean diskIsFull;
    private final Path folder;
    private final Map<ViewSpool, SpoolTakeOver> open = new LinkedHashMap<>();

    TestSpools(Path folder) {
        this.folder = folder;
    }

    ViewSpool open(String prefix) {
        return open(prefix, PLENTY);
    }

    /** Its disk writes half of what it is given while it is full. */
    ViewSpool open(String prefix, int capacity) {
        ViewSpool spool = open(prefix, capacity, PLENTY, (file, bytes) -> {
            if (diskIsFull) {
                file.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
                throw new IOException("No space left on device");
            }
            Append.TO_DISK.append(file, bytes);
        });
        spool.completeCurrentFile(); // it has its folder then
        return spool;
    }

    ViewSpool open(String prefix, int capacity, int waiting, Append append) {
        var clock = InstantSource.fixed(NOW);
        var properties = new SendingProperties(folder.resolve(prefix), capacity, waiting, true, Duration.ofSeconds(1));
        var spool = new ViewSpool(properties, clock, meters, append);
        open.put(spool, new SpoolTakeOver(spool, properties, clock));
        return spool;
    }

    ViewSpool reopened(ViewSpool spool, String prefix) throws IOException {
        spool.destroy();
        return open(prefix);
    }

    void lookAfter(ViewSpool spool) {
        spool.tryAgainAfterFailure();
        takeOver(spool).takeOver();
    }

    Set<String> emptied(ViewSpool spool) {
        return takeOver(spool).emptied();
    }

    private SpoolTakeOver takeOver(ViewSpool spool) {
        return Objects.requireNonNull(open.get(spool));
    }

    static String id(ViewSpool spool) {
        return Objects.requireNonNull(spool.folder()).id();
    }

    static void add(ViewSpool spool, List<EncodedEvent> views) {
        Flux.fromIterable(views)
                .flatMapSequential(view -> spool.add(view, null), PLENTY)
                .blockLast();
    }

    static List<EncodedEvent> events(ViewSpool spool) throws IOException {
        return pending(spool).stream().map(view -> view.spooled().event()).toList();
    }

    static List<Pending> pending(ViewSpool spool) throws IOException {
        spool.completeCurrentFile();
        List<Pending> all = new ArrayList<>();
        for (SpoolFile file : spool.files().open()) {
            all.addAll(file.pending());
        }
        return all;
    }

    List<String> filesIn(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The first file with views. */
    Path fileIn(String name) throws IOException {
        return SpoolFolder.files(folder.resolve(name)).get(0);
    }

    @Override
    public void close() throws IOException {
        for (ViewSpool spool : open.keySet()) {
            spool.destroy();
        }
    }
}
