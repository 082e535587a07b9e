package broadsheet.article.sending;

import broadsheet.kafka.OutageLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the spool to which nothing is added any more, and how many views wait in the spool altogether. Any thread
 * may add a file and ask how many wait; only the drain's opens, changes and deletes files.
 *
 * <p>A view is counted from before it is acknowledged until its file says that it was sent or set aside. What a file holds
 * that another process wrote is known once it is open: until then the spool is not empty.
 */
final class SpoolFiles {

    private static final Logger log = LoggerFactory.getLogger(SpoolFiles.class);

    private final Queue<Unopened> unopened = new ConcurrentLinkedQueue<>();
    private final List<SpoolFile> opened = new ArrayList<>();
    private final AtomicLong pending = new AtomicLong();
    private final Counter unreadable;
    private final OutageLog reading;

    SpoolFiles(InstantSource clock, MeterRegistry meters) {
        this.reading = new OutageLog(log, clock);
        Gauge.builder("broadsheet.views.spooled", pending, AtomicLong::get)
                .description("Views that wait in the spool of this instance")
                .register(meters);
        this.unreadable = Counter.builder("broadsheet.views.unreadable")
                .description("Views that the spool set aside, since they are damaged or Kafka refuses them for good")
                .register(meters);
    }

    /** Adds a file that another process wrote. */
    void add(Path file) {
        add(file, 0);
    }

    /** @param counted how many of its views are among those pending already */
    void add(Path file, int counted) {
        unopened.add(new Unopened(file, counted));
    }

    /** Counts views that are on disk now, in a file that is not among these yet. */
    void countStored(int views) {
        pending.addAndGet(views);
    }

    boolean isEmpty() {
        return pending.get() == 0 && unopened.isEmpty();
    }

    long pendingCount() {
        return pending.get();
    }

    /** How many views wait, at least one where files wait that have not been read. */
    long waitingCount() {
        return isEmpty() ? 0 : Math.max(1, pending.get());
    }

    /** All files, oldest first. One that cannot be read now is tried again the next time, and holds up no other. */
    List<SpoolFile> open() {
        for (var next = unopened.iterator(); next.hasNext(); ) {
            if (open(next.next())) {
                next.remove();
            }
        }
        if (unopened.isEmpty()) {
            reading.recovered("All files of the spool can be read");
        }
        return List.copyOf(opened);
    }

    /** Answers false where it has to be tried again. */
    private boolean open(Unopened next) {
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

    private record Unopened(Path path, int counted) {}
}
