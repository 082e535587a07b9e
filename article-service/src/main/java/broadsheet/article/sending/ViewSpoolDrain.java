package broadsheet.article.sending;

import static broadsheet.article.sending.SpooledViewSender.MOST_TOGETHER;

import broadsheet.article.sending.SpoolFile.Pending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Sends spooled views to Kafka once it takes them, and removes each once it is acknowledged. Views of a partition that
 * takes none stay; those of the others do not wait for them. One thread does it all, and alone opens and changes the files.
 */
@Component
class ViewSpoolDrain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ViewSpoolDrain.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LOOK_AFTER_EVERY = Duration.ofSeconds(10);
    private static final Duration LEFT_ALONE_FOR = Duration.ofMinutes(1);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(8);

    private final ViewSpool spool;
    private final SpoolFiles files;
    private final SpoolTakeOver takeOver;
    private final ViewPartitions partitions;
    private final SpooledViewSender views;
    private final ViewSender sender;
    private final SpoolReport report;
    private final InstantSource clock;

    /** Files of which no view could be tried, and until when they are not read again unless a partition recovers. */
    private final Map<SpoolFile, Instant> leftAlone = new HashMap<>();

    private Instant nextLook = Instant.MIN;
    private Instant nextCompletion = Instant.MIN;
    private int recoveries;
    private volatile boolean stopping;
    private volatile @Nullable ThreadPoolTaskScheduler thread;

    ViewSpoolDrain(
            ViewSpool spool,
            SpoolTakeOver takeOver,
            ViewProducer producer,
            ViewSender sender,
            SpoolReport report,
            InstantSource clock) {
        this.spool = spool;
        this.files = spool.files();
        this.takeOver = takeOver;
        this.partitions = producer.partitions();
        this.views = new SpooledViewSender(files, producer, clock);
        this.sender = sender;
        this.report = report;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it catches what fails
    public void start() {
        var started = new ThreadPoolTaskScheduler();
        started.setThreadNamePrefix("view-spool-drain-");
        started.setDaemon(true);
        started.setWaitForTasksToCompleteOnShutdown(true);
        started.setAwaitTerminationMillis(STOP_TIME_LIMIT.toMillis());
        started.initialize();
        stopping = false;
        thread = started;
        started.scheduleWithFixedDelay(this::lookAfterAndDrain, INTERVAL);
    }

    /** Ends after the views that are on their way. The spool gives its folder up next, so another process may send the rest. */
    @Override
    public void stop() {
        stopping = true;
        if (thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && !stopping;
    }

    private void lookAfterAndDrain() {
        try {
            if (spool.trouble() != null || isDue(nextLook, LOOK_AFTER_EVERY)) {
                nextLook = clock.instant().plus(LOOK_AFTER_EVERY);
                spool.tryAgainAfterFailure();
                takeOver.takeOver();
            }
            if (partitions.anyMayTakeOne()) {
                report.tell();
            }
            while (drain()) {
                // a partition that recovered meanwhile has views in files that were passed already
            }
        } catch (RuntimeException e) {
            log.warn("The spool cannot be drained now: {}", e.toString());
        }
    }

    /** One pass over all files; answers whether it sent something and there is more. */
    boolean drain() {
        if (files.isEmpty()) {
            partitions.tryFailedAgain();
            if (partitions.allTakeRecords()) {
                sender.recovered();
            }
            return false;
        }
        if (!partitions.anyMayTakeOne()) {
            return false;
        }
        noticeRecoveries();
        completeCurrentFile();
        int sent = 0;
        Set<ViewPartition> tried = new HashSet<>();
        for (SpoolFile file : files.open()) {
            if (!stopping && isDue(leftAlone.getOrDefault(file, Instant.MIN), LEFT_ALONE_FOR)) {
                sent += drainOrLeave(file, tried);
            }
        }
        return sent > 0 && !files.isEmpty() && !stopping;
    }

    private void noticeRecoveries() {
        int now = partitions.recoveries();
        if (recoveries != now) {
            recoveries = now;
            leftAlone.clear();
            nextCompletion = Instant.MIN;
        }
    }

    /** While a partition takes nothing not every second, or there would be a file for each. */
    private void completeCurrentFile() {
        if (partitions.allTakeRecords() || isDue(nextCompletion, LEFT_ALONE_FOR)) {
            nextCompletion = clock.instant().plus(LEFT_ALONE_FOR);
            spool.completeCurrentFile();
        }
    }

    /** Also where the clock was set back since. */
    private boolean isDue(Instant next, Duration every) {
        Instant now = clock.instant();
        return !now.isBefore(next) || now.plus(every).isBefore(next);
    }

    /** A file that cannot be read or written does not hold up the others. */
    private int drainOrLeave(SpoolFile file, Set<ViewPartition> tried) {
        try {
            return drain(file, tried);
        } catch (IOException | RuntimeException e) {
            log.warn("The spool's file {} cannot be drained now: {}", file.path(), e.toString());
            leftAlone.put(file, clock.instant().plus(LEFT_ALONE_FOR));
            return 0;
        }
    }

    private int drain(SpoolFile file, Set<ViewPartition> tried) throws IOException {
        int done = 0;
        boolean triedAny = false;
        boolean clockIsAhead = false;
        List<Pending> pending = file.pending();
        for (int from = 0; from < pending.size() && !clockIsAhead && !stopping; from += MOST_TOGETHER) {
            List<Pending> now = pending.subList(from, Math.min(pending.size(), from + MOST_TOGETHER)).stream()
                    .filter(view -> mayBeSent(view, tried))
                    .toList();
            if (!now.isEmpty()) {
                triedAny = true;
                var result = views.send(file, now);
                done += result.done();
                clockIsAhead = result.clockIsAhead();
            }
        }
        if (file.pendingCount() == 0) {
            files.delete(file);
            leftAlone.remove(file);
        } else if (!triedAny || clockIsAhead) {
            leftAlone.put(file, clock.instant().plus(LEFT_ALONE_FOR));
        }
        return done;
    }

    /** Of a partition that failed one view in a pass shows whether it still does. */
    private boolean mayBeSent(Pending view, Set<ViewPartition> tried) {
        ViewPartition partition = partitions.of(view.spooled().event());
        return partition != null && (partition.takesRecords() || (partition.mayTakeOne() && tried.add(partition)));
    }
}
