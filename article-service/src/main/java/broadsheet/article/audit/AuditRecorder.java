package broadsheet.article.audit;

import broadsheet.store.PeriodicWork;
import broadsheet.web.audit.AuditEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes the entries of this process to the store, four times a second; while the store is away 10,000 wait in memory, and what
 * comes then is in the log alone (metric {@code broadsheet.audit.dropped}).
 */
@Component
class AuditRecorder extends PeriodicWork implements AuditEntry.Listener {

    private static final Logger log = LoggerFactory.getLogger(AuditRecorder.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration LAST = Duration.ofSeconds(3);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_A_TIME = 1_000;

    private final StoredEntries store;
    private final Counter dropped;
    private final Queue<StoredEntry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    AuditRecorder(StoredEntries store, MeterRegistry metrics) {
        super(EVERY, EVERY);
        this.store = store;
        this.dropped = Counter.builder("broadsheet.audit.dropped")
                .description("Entries of the audit trail that are in the log alone")
                .register(metrics);
        AuditEntry.listen(this);
    }

    @Override
    public void onEntry(String kind, Map<String, String> details) {
        if (count.incrementAndGet() > MOST_WAITING) {
            count.decrementAndGet();
            dropped.increment();
        } else {
            waiting.add(StoredEntry.now(kind, details));
        }
    }

    /** Entries stay in the queue until they are stored; a second try stores none twice. */
    @Override
    protected Mono<Void> run() {
        List<StoredEntry> batch = first();
        return batch.isEmpty()
                ? Mono.empty()
                : store.add(batch).doOnSuccess(stored -> forget(batch.size())).then(Mono.defer(this::run));
    }

    private List<StoredEntry> first() {
        var batch = new ArrayList<StoredEntry>();
        for (var entries = waiting.iterator(); entries.hasNext() && batch.size() < MOST_AT_A_TIME; ) {
            batch.add(entries.next());
        }
        return batch;
    }

    private void forget(int stored) {
        for (int n = 0; n < stored; n++) {
            waiting.remove();
        }
        count.addAndGet(-stored);
    }

    /** After the web server, whose last requests leave entries. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public void stop() {
        super.stop();
        AuditEntry.stopListening(this);
        try {
            run().block(LAST);
        } catch (RuntimeException e) {
            log.warn("{} entries of the audit trail are in the log alone: {}", count, e.toString());
        }
    }
}
