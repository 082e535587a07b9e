package broadsheet.article.sending;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * The one file that all instances shared before each had a folder: an H2 {@code MVStore}. Its views move into the spool,
 * then it is deleted; one of which not all can be read is kept under another name.
 */
final class EarlierSpool {

    private static final Logger log = LoggerFactory.getLogger(EarlierSpool.class);
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final int TOGETHER = 1_000;

    private final Path file;
    private final ViewSpool spool;
    private final InstantSource clock;

    /** How far each map was moved before the spool took no more. */
    private final Map<String, Long> moved = new HashMap<>();

    private boolean whole = true;

    EarlierSpool(Path file, ViewSpool spool, InstantSource clock) {
        this.file = file;
        this.spool = spool;
        this.clock = clock;
    }

    /** Does nothing where there is no such file. */
    void moveIntoSpool() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (var store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open()) {
            // "views" is what 0.1 wrote; "events" came after it
            move("views", store, EarlierSpool::eventOfView);
            move("events", store, SpooledEvent::eventOf);
        } catch (MVStoreException e) {
            throw new IOException("The earlier spool " + file + " cannot be opened: " + e.getMessage(), e);
        }
        if (whole) {
            Files.delete(file);
        } else {
            Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
        }
        log.info("The views of the earlier spool {} are in the spool now", file);
    }

    private void move(String name, MVStore store, Function<byte[], EncodedEvent> decode) {
        MVMap<Long, byte[]> stored = store.openMap(name);
        Long last = moved.get(name);
        Map<Long, EncodedEvent> together = new LinkedHashMap<>();
        for (Long next = last == null ? stored.firstKey() : stored.higherKey(last);
                next != null;
                next = stored.higherKey(next)) {
            try {
                together.put(next, decode.apply(Objects.requireNonNull(stored.get(next))));
            } catch (RuntimeException e) {
                whole = false;
                log.error("View {} of the earlier spool cannot be read: {}", next, e.toString());
            }
            if (together.size() == TOGETHER || next.equals(stored.lastKey())) {
                add(together.values());
                moved.put(name, next);
                together.clear();
            }
        }
    }

    /**
     * That file did not say which views were sent before, so each may have been since it was made. Where one is refused, the
     * others are awaited: they would be stored as the disk takes them again, and then once more by the next try.
     */
    private void add(Collection<EncodedEvent> views) {
        Instant now = clock.instant();
        Flux.fromIterable(views)
                .flatMapDelayError(view -> spool.add(view, new Attempts(madeAt(view), now)), TOGETHER, 1)
                .onErrorMap(e -> Exceptions.unwrapMultiple(e).get(0))
                .blockLast(TIME_LIMIT);
    }

    private static Instant madeAt(EncodedEvent view) {
        return Instant.parse(Objects.requireNonNull(view.headers().get("ce_time")));
    }

    /** What 0.1 wrote: the view's id, source and time, then its JSON. */
    private static EncodedEvent eventOfView(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String id = in.readUTF();
            String source = in.readUTF();
            Instant time = Instant.parse(in.readUTF());
            var view = EventCodec.read(EventType.ARTICLE_VIEWED, in.readAllBytes());
            return EventCodec.encode(new Envelope<>(id, source, time, view));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
