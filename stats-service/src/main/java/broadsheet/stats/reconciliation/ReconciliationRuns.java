package broadsheet.stats.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Runs comparisons, and says in the log and in {@code broadsheet.stats.reconciliation.differing} what they found. */
@Component
class ReconciliationRuns {

    private static final Logger log = LoggerFactory.getLogger(ReconciliationRuns.class);
    private static final int KEPT = 100;

    private final Reconciler reconciler;
    private final Reconciliations reconciliations;
    private final InstantSource clock;
    private final AtomicLong differing = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();

    ReconciliationRuns(
            Reconciler reconciler, Reconciliations reconciliations, InstantSource clock, MeterRegistry meters) {
        this.reconciler = reconciler;
        this.reconciliations = reconciliations;
        this.clock = clock;
        Gauge.builder("broadsheet.stats.reconciliation.differing", differing, AtomicLong::get)
                .description("Articles whose totals, hours and days differ, as of the last comparison on this instance")
                .register(meters);
    }

    /**
     * A comparison of this id, stored as begun, that goes on whoever waits for it; empty where there is one already, or one
     * is running on this instance.
     */
    Mono<Reconciliation> begin(String id) {
        return Mono.defer(() -> running.compareAndSet(false, true) ? beginAlone(id) : Mono.empty())
                .cache(); // is not cancelled with its caller
    }

    private Mono<Reconciliation> beginAlone(String id) {
        var begun = Reconciliation.begun(id, clock.instant());
        return reconciliations
                .begin(begun)
                .filter(first -> first)
                .map(first -> begun)
                .switchIfEmpty(Mono.fromRunnable(() -> running.set(false)))
                .doOnError(e -> running.set(false))
                .doOnNext(first -> complete(first).subscribe());
    }

    /** Never fails. */
    private Mono<Void> complete(Reconciliation begun) {
        return reconciler
                .complete(begun)
                .onErrorResume(e -> Mono.just(begun.failed(e.toString(), clock.instant())))
                .doOnNext(this::tell)
                .flatMap(done -> reconciliations.store(done).then(reconciliations.keepNewest(KEPT)))
                .doOnError(e -> log.warn("What reconciliation {} found cannot be stored: {}", begun.id(), e.toString()))
                .onErrorComplete()
                .doFinally(end -> running.set(false));
    }

    private void tell(Reconciliation done) {
        if (done.error() != null) {
            log.warn("Reconciliation {} ended early: {}", done.id(), done.error());
            return;
        }
        differing.set(done.differing());
        if (done.differing() == 0) {
            log.info(
                    "Reconciliation {}: {} articles agree, {} could not be told; {}",
                    done.id(),
                    done.settled(),
                    done.articles() - done.settled(),
                    done.sums());
        } else {
            log.error(
                    "Reconciliation {}: {} of {} articles or the sums differ: {}; {}",
                    done.id(),
                    done.differing(),
                    done.articles(),
                    done.differences(),
                    done.sums());
        }
    }
}
