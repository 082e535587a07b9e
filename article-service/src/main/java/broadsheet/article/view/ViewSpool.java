package broadsheet.article.view;

import broadsheet.events.EncodedEvent;
import broadsheet.events.UnreadableEventException;
import broadsheet.web.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps views in a file while Kafka is away. One thread writes; views that arrive together share one commit and one sync,
 * and are acknowledged after it.
 */
@Component
class ViewSpool implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSpool.class);

    private static final int CONVERTED_PER_COMMIT = 1_000;

    private final int capacity;
    private final MVStore store;
    private final MVMap<Long, byte[]> events;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Scheduler writer;
    private long lastNumber;
    private boolean refusing;

    ViewSpool(ViewProperties properties) {
        this.capacity = properties.spoolCapacity();
        this.store = open(properties.spool().toAbsolutePath());
        this.events = store.openMap("events");
        this.writer = Schedulers.newSingle("view-spool", true);
        Long lastStored = events.lastKey();
        this.lastNumber = lastStored == null ? 0 : lastStored;
        convertEarlierVersion();
    }

    /** Completes once the view is on disk; fails with 503 where it cannot be. */
    Mono<Void> add(EncodedEvent view) {
        return Mono.defer(() -> {
            var arrival = new Arrival(view, Sinks.one());
            arrivals.add(arrival);
            writer.schedule(this::write);
            return arrival.done.asMono().then();
        });
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The oldest views, by the number to remove them with. */
    Map<Long, EncodedEvent> oldest(int limit) {
        var oldest = new LinkedHashMap<Long, EncodedEvent>();
        for (Iterator<Long> numbers = events.keyIterator(null); numbers.hasNext() && oldest.size() < limit; ) {
            Long number = numbers.next();
            byte[] event = events.get(number);
            if (event != null) {
                oldest.put(number, SpooledEvent.fromBytes(event));
            }
        }
        return oldest;
    }

    Mono<Void> remove(Collection<Long> numbers) {
        return Mono.<Void>fromRunnable(() -> {
                    numbers.forEach(events::remove);
                    commit();
                })
                .subscribeOn(writer);
    }

    @Override
    public void destroy() {
        writer.dispose();
        store.close();
    }

    private void write() {
        List<Arrival> together = new ArrayList<>();
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            together.add(next);
        }
        if (together.isEmpty()) {
            return;
        }
        try {
            if (events.sizeAsLong() + together.size() > capacity) {
                throw new IllegalStateException("it is full");
            }
            together.forEach(arrival -> events.put(++lastNumber, SpooledEvent.toBytes(arrival.view)));
            commit();
            together.forEach(arrival -> arrival.done.tryEmitEmpty());
            refusing = false;
        } catch (RuntimeException e) {
            if (!refusing) {
                refusing = true;
                log.error("The spool cannot store views; they are refused: {}", e.toString());
            }
            var refused = new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "Neither Kafka nor the spool can take views; try again shortly");
            together.forEach(arrival -> arrival.done.tryEmitError(refused));
        }
    }

    /** Views that 0.1 wrote have a map of their own; what cannot be read stays there. */
    private void convertEarlierVersion() {
        MVMap<Long, byte[]> earlier = store.openMap("views");
        int converted = 0;
        for (Long number = earlier.firstKey(); number != null; number = earlier.higherKey(number)) {
            try {
                EncodedEvent view = SpooledEvent.fromBytesOfEarlierVersion(Objects.requireNonNull(earlier.get(number)));
                events.put(++lastNumber, SpooledEvent.toBytes(view));
                earlier.remove(number);
                if (++converted % CONVERTED_PER_COMMIT == 0) {
                    commit();
                }
            } catch (UnreadableEventException | UncheckedIOException | DateTimeException e) {
                log.error(
                        "View {} of an earlier version's spool cannot be read and stays there: {}",
                        number,
                        e.toString());
            }
        }
        commit();
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    private static MVStore open(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
            store.setRetentionTime(0);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException("The spool " + file + " cannot be written", e);
        } catch (MVStoreException e) {
            throw new IllegalStateException("The spool " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private record Arrival(EncodedEvent view, Sinks.One<Void> done) {}
}
