package broadsheet.article.sending;

import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.events.EncodedEvent;
import broadsheet.kafka.OutageLog;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps views in files while Kafka does not take them. One thread writes; views that arrive together share one write and one
 * sync, and are acknowledged after it, once they are counted among those that wait. However the write fails, all of them are
 * refused. A disk that takes nothing is tried again until it does.
 */
@Component
class ViewSpool implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSpool.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(5);

    private final int capacity;
    private final InstantSource clock;
    private final SpoolFiles files;
    private final CurrentSpoolFile current;
    private final OutageLog outage;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Scheduler writer = Schedulers.newSingle("view-spool", true);

    /** Views that wait for the disk, also of callers who do not wait any more. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private final int mostUnwritten;
    private volatile @Nullable String trouble;

    @Autowired
    ViewSpool(SendingProperties properties, InstantSource clock, MeterRegistry meters) {
        this(properties, clock, meters, Append.TO_DISK);
    }

    ViewSpool(SendingProperties properties, InstantSource clock, MeterRegistry meters, Append append) {
        this.capacity = properties.spoolCapacity();
        this.mostUnwritten = properties.waiting();
        this.clock = clock;
        this.files = new SpoolFiles(clock, meters);
        this.outage = new OutageLog(log, clock);
        this.current = new CurrentSpoolFile(properties.spool().toAbsolutePath(), append, files, outage);
        writer.schedule(this::tryToWrite);
    }

    /**
     * Completes once the view is on disk; fails with 503 where it cannot be.
     *
     * @param attempts when it was sent to Kafka without an answer; null where it surely is not there
     */
    Mono<Void> add(EncodedEvent view, @Nullable Attempts attempts) {
        return Mono.defer(() -> {
            if (unwritten.incrementAndGet() > mostUnwritten) {
                unwritten.decrementAndGet();
                return Mono.error(refusal());
            }
            var arrival = new Arrival(new SpooledEvent(view, clock.instant(), attempts, false), Sinks.one());
            arrivals.add(arrival);
            writer.schedule(this::write);
            return arrival.done.asMono().then();
        });
    }

    SpoolFiles files() {
        return files;
    }

    /** This instance's folder; null before it is open. What was found in it is among the files by then. */
    @Nullable SpoolFolder folder() {
        return current.folder();
    }

    /** Why no view can be stored now; null while views can be. */
    @Nullable String trouble() {
        return trouble;
    }

    /** All views so far are in complete files after this. */
    void completeCurrentFile() {
        Mono.fromRunnable(current::complete).subscribeOn(writer).block(TIME_LIMIT);
    }

    /** Tries to write, where that failed. */
    void tryAgainAfterFailure() {
        if (trouble != null) {
            Mono.fromRunnable(this::tryToWrite).subscribeOn(writer).block(TIME_LIMIT);
        }
    }

    /** What has come is stored still. */
    void takeNoMore() {
        writer.disposeGracefully().timeout(STOP_TIME_LIMIT).onErrorComplete().block();
    }

    @Override
    public void destroy() throws IOException {
        takeNoMore();
        writer.dispose();
        current.close();
    }

    private void write() {
        List<Arrival> together = new ArrayList<>();
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            together.add(next);
        }
        try {
            storeOrRefuse(together);
        } finally {
            unwritten.addAndGet(-together.size());
        }
    }

    private void storeOrRefuse(List<Arrival> together) {
        int room = (int) Math.max(0, Math.min(together.size(), capacity - files.pendingCount()));
        store(together.subList(0, room));
        if (room < together.size()) {
            refuse(together.subList(room, together.size()), "it is full");
        }
    }

    private void store(List<Arrival> together) {
        if (together.isEmpty()) {
            return;
        }
        try {
            List<byte[]> entries = together.stream()
                    .map(arrival -> SpoolEntry.toBytes(arrival.view))
                    .toList();
            ByteBuffer bytes = ByteBuffer.allocate(
                    entries.stream().mapToInt(entry -> entry.length).sum());
            entries.forEach(bytes::put);
            current.add(bytes.flip(), together.size());
            files.countStored(together.size());
            together.forEach(arrival -> arrival.done.tryEmitEmpty());
            takesViews();
            current.completeIfLong();
        } catch (IOException | RuntimeException | Error e) {
            current.complete();
            refuse(together, e.toString());
        }
    }

    private void tryToWrite() {
        try {
            current.tryToWrite();
            if (files.pendingCount() < capacity) {
                takesViews();
            }
        } catch (IOException | RuntimeException | Error e) {
            cannotStore(e.toString());
        }
    }

    private void takesViews() {
        trouble = null;
        outage.recovered("The spool stores views again");
    }

    private void cannotStore(String why) {
        trouble = why;
        outage.failed("The spool cannot store views; they are refused where Kafka does not take them: {}", why);
    }

    private void refuse(List<Arrival> refused, String why) {
        cannotStore(why);
        var problem = refusal();
        refused.forEach(arrival -> arrival.done.tryEmitError(problem));
    }

    private static ProblemException refusal() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Neither Kafka nor the spool can take views; try again shortly");
    }

    private record Arrival(SpooledEvent view, Sinks.One<Void> done) {}
}
