package broadsheet.article.view;

import broadsheet.events.Envelope;
import broadsheet.web.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Views on disk while Kafka is away. One thread writes; views that arrive together share one commit and one sync, and
 * are acknowledged after it.
 */
@Component
class ViewSpool implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSpool.class);

    private final int capacity;
    private final MVStore store;
    private final MVMap<Long, byte[]> views;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Scheduler writer;
    private long last;
    private boolean refusing;

    ViewSpool(ViewProperties properties) {
        this.capacity = properties.spoolCapacity();
        this.store = open(properties.spool().toAbsolutePath());
        this.views = store.openMap("views");
        this.writer = Schedulers.newSingle("view-spool", true);
        Long lastKept = views.lastKey();
        this.last = lastKept == null ? 0 : lastKept;
    }

    /** Completes once the view is on disk; fails with 503 where it cannot be. */
    Mono<Void> add(Envelope<?> view) {
        return Mono.defer(() -> {
            var arrival = new Arrival(view, Sinks.one());
            arrivals.add(arrival);
            writer.schedule(this::write);
            return arrival.done.asMono().then();
        });
    }

    boolean isEmpty() {
        return views.isEmpty();
    }

    /** The oldest views, by the number to remove them with. */
    Map<Long, Envelope<?>> oldest(int most) {
        var oldest = new LinkedHashMap<Long, Envelope<?>>();
        for (Iterator<Long> keys = views.keyIterator(null); keys.hasNext() && oldest.size() < most; ) {
            Long key = keys.next();
            byte[] view = views.get(key);
            if (view != null) {
                oldest.put(key, SpooledView.of(view));
            }
        }
        return oldest;
    }

    Mono<Void> remove(Collection<Long> numbers) {
        return Mono.<Void>fromRunnable(() -> {
                    numbers.forEach(views::remove);
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
            if (views.sizeAsLong() + together.size() > capacity) {
                throw new IllegalStateException("it is full");
            }
            together.forEach(arrival -> views.put(++last, SpooledView.bytes(arrival.view)));
            commit();
            together.forEach(arrival -> arrival.done.tryEmitEmpty());
            refusing = false;
        } catch (RuntimeException e) {
            if (!refusing) {
                refusing = true;
                log.error("The spool takes no views, they are refused: {}", e.toString());
            }
            var refused = new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "Neither Kafka nor the spool can take views; try again shortly");
            together.forEach(arrival -> arrival.done.tryEmitError(refused));
        }
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

    private record Arrival(Envelope<?> view, Sinks.One<Void> done) {}
}
