package broadsheet.article.sending;

import broadsheet.article.sending.SpoolWriter.Append;
import broadsheet.events.EncodedEvent;
import broadsheet.kafka.OutageLog;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
 * Keeps views in files while Kafka does not take them. One thread adds; views that arrive together share one write and one
 * sync, and are acknowledged after it. A disk that takes nothing is tried again until it does.
 */
@Component
class ViewSpool implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSpool.class);

    static final int FILE_BYTES = 4 << 20;
    private static final int TRIAL_BYTES = 1 << 16;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(5);

    private final Path prefix;
    private final int capacity;
    private final InstantSource clock;
    private final Append append;
    private final Counter unreadable;
    private final OutageLog outage;
    private final OutageLog reading;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Scheduler writer = Schedulers.newSingle("view-spool", true);
    private final AtomicLong pending = new AtomicLong();

    /** Views that wait for the disk, also of callers who do not wait any more. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private final int mostUnwritten;

    /** Files to which nothing is added any more; the drain alone opens and ends them. */
    private final Queue<CompleteFile> complete = new ConcurrentLinkedQueue<>();

    private final List<SpoolFile> opened = new ArrayList<>();
    private final EarlierSpool earlier;

    /** Spools of ended processes, of which nothing is left and it has not been told. */
    private final Set<String> emptied = ConcurrentHashMap.newKeySet();

    private volatile @Nullable SpoolFolder folder;
    private volatile @Nullable String trouble;
    private @Nullable SpoolWriter current;

    @Autowired
    ViewSpool(SendingProperties properties, InstantSource clock, MeterRegistry meters) {
        this(properties, clock, meters, Append.TO_DISK);
    }

    ViewSpool(SendingProperties properties, InstantSource clock, MeterRegistry meters, Append append) {
        this.prefix = properties.spool().toAbsolutePath();
        this.capacity = properties.spoolCapacity();
        this.mostUnwritten = properties.waiting();
        this.clock = clock;
        this.append = append;
        this.earlier = new EarlierSpool(prefix, this, clock);
        this.outage = new OutageLog(log, clock);
        this.reading = new OutageLog(log, clock);
        Gauge.builder("broadsheet.views.spooled", pending, AtomicLong::get)
                .description("Views that wait in the spool of this instance")
                .register(meters);
        this.unreadable = Counter.builder("broadsheet.views.unreadable")
                .description("Views that the spool set aside, since they are damaged or Kafka refuses them for good")
                .register(meters);
        writer.schedule(this::tryAgain);
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

    boolean isEmpty() {
        return pending.get() == 0 && complete.isEmpty();
    }

    long pendingCount() {
        return pending.get();
    }

    /** What this spool is called; null before it is open. */
    @Nullable String id() {
        SpoolFolder own = folder;
        return own == null ? null : own.id();
    }

    /** How many views wait, at least one where files wait that have not been read. */
    long waitingCount() {
        return isEmpty() ? 0 : Math.max(1, pending.get());
    }

    /** The ids of spools that this one took over. */
    Set<String> emptied() {
        return emptied;
    }

    /** Why no view can be stored now; null while views can be. */
    @Nullable String trouble() {
        return trouble;
    }

    /** All views so far are in complete files after this. */
    void completeCurrentFile() {
        Mono.fromRunnable(this::complete).subscribeOn(writer).block(TIME_LIMIT);
    }

    /** Tries to write, where that failed, and takes over what ended processes left. */
    void lookAfter() {
        if (trouble != null) {
            Mono.fromRunnable(this::tryAgain).subscribeOn(writer).block(TIME_LIMIT);
        }
        SpoolFolder own = folder;
        if (own != null) {
            try {
                try {
                    own.takeOver(file -> complete.add(new CompleteFile(file, 0)), emptied::add);
                } finally {
                    earlier.moveIntoSpool();
                }
            } catch (IOException | RuntimeException e) {
                outage.failed(
                        "What ended processes left in the spool {} cannot be taken over: {}", prefix, e.toString());
            }
        }
    }

    /** The complete files, oldest first. One that cannot be read now is waited for, and counts as one that holds views. */
    List<SpoolFile> files() {
        for (var next = complete.iterator(); next.hasNext(); ) {
            if (open(next.next())) {
                next.remove();
            }
        }
        if (complete.isEmpty()) {
            reading.recovered("All files of the spool can be read");
        }
        return List.copyOf(opened);
    }

    /** Answers false where it has to be tried again. */
    private boolean open(CompleteFile next) {
        try {
            SpoolFile file = SpoolFile.open(next.path);
            unreadable.increment(file.unreadableCount());
            pending.addAndGet(file.pendingCount() - next.counted);
            opened.add(file);
            return true;
        } catch (NoSuchFileException e) {
            pending.addAndGet(-next.counted);
            log.error("The spool's file {} is gone", next.path);
            return true;
        } catch (IOException e) {
            reading.failed("The spool's file {} cannot be read now and is tried again: {}", next.path, e.toString());
            return false;
        }
    }

    void sent(SpoolFile file, List<SpoolFile.Pending> views) throws IOException {
        file.sent(views);
        pending.addAndGet(-views.size());
    }

    void setAside(SpoolFile file, List<SpoolFile.Pending> views) throws IOException {
        file.setAside(views);
        pending.addAndGet(-views.size());
        unreadable.increment(views.size());
    }

    void delete(SpoolFile file) throws IOException {
        file.delete();
        opened.remove(file);
    }

    /** What has come is stored still. */
    void takeNoMore() {
        writer.disposeGracefully().timeout(STOP_TIME_LIMIT).onErrorComplete().block();
    }

    @Override
    public void destroy() throws IOException {
        takeNoMore();
        writer.dispose();
        if (current != null) {
            current.close();
        }
        if (folder != null) {
            folder.close();
        }
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
        int room = (int) Math.max(0, Math.min(together.size(), capacity - pending.get()));
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
            current().add(bytes.flip(), together.size());
            pending.addAndGet(together.size());
            together.forEach(arrival -> arrival.done.tryEmitEmpty());
            takesViews();
            if (current().length() > FILE_BYTES) {
                complete();
            }
        } catch (IOException | RuntimeException e) {
            complete();
            refuse(together, e.toString());
        }
    }

    private SpoolWriter current() throws IOException {
        if (current == null) {
            SpoolFolder own = openFolder();
            current = new SpoolWriter(own.next(), append);
            own.sync();
        }
        return current;
    }

    private SpoolFolder openFolder() throws IOException {
        SpoolFolder own = folder;
        if (own == null) {
            own = SpoolFolder.claim(prefix);
            own.found().forEach(file -> complete.add(new CompleteFile(file, 0)));
            folder = own;
        }
        return own;
    }

    private void complete() {
        SpoolWriter done = current;
        if (done != null) {
            current = null;
            if (done.count() > 0) {
                complete.add(new CompleteFile(done.path(), done.count()));
            }
            try {
                done.close();
            } catch (IOException e) {
                outage.failed("The spool's file {} cannot be closed: {}", done.path(), e.toString());
            }
        }
    }

    /** Opens the folder and writes what a few views would take. */
    private void tryAgain() {
        try (var trial = new SpoolWriter(openFolder().next(), append)) {
            trial.add(ByteBuffer.allocate(TRIAL_BYTES), 0);
            if (pending.get() < capacity) {
                takesViews();
            }
        } catch (IOException | RuntimeException e) {
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

    /** @param counted how many of its views are among those pending already */
    private record CompleteFile(Path path, int counted) {}
}
