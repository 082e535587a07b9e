package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.DeliveryLedger;
import broadsheet.notification.delivery.DeliveryLedger.Pending;
import broadsheet.notification.delivery.QueueNames;
import broadsheet.notification.subscription.Channel;
import broadsheet.store.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Says once that Kafka assigns no queues to this instance while something waits that nobody sends, and shows how many it has. */
@Component
class UnassignedQueues extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(UnassignedQueues.class);

    private static final Duration EVERY = Duration.ofSeconds(30);

    /** Another instance, if there is one, sends what is due sooner than that. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final DeliveryLedger ledger;
    private final AssignedQueues partitions;
    private final InstantSource clock;
    private volatile boolean said;

    UnassignedQueues(DeliveryLedger ledger, AssignedQueues partitions, MeterRegistry meters, InstantSource clock) {
        super(EVERY, EVERY);
        this.ledger = ledger;
        this.partitions = partitions;
        this.clock = clock;
        Gauge.builder(
                        "broadsheet.notification.queues.assigned",
                        () -> partitions.assigned().size())
                .description("Queues of each channel that this instance sends from")
                .register(meters);
    }

    @Override
    protected Mono<Void> run() {
        if (!partitions.assigned().isEmpty()) {
            said = false;
            return Mono.empty();
        }
        return said ? Mono.empty() : longestDue().doOnNext(this::say).then();
    }

    private void say(Instant longestDue) {
        if (longestDue.isBefore(clock.instant().minus(LATE))) {
            said = true;
            log.warn(
                    "Kafka assigns no queues to this instance, so it sends nothing, and something is due since {}",
                    longestDue);
        }
    }

    private Mono<Instant> longestDue() {
        var all = IntStream.range(0, QueueNames.PARTITIONS).boxed().collect(Collectors.toSet());
        return Flux.fromArray(Channel.values())
                .concatMap(channel -> ledger.pending(channel, all))
                .flatMapIterable(Map::values)
                .map(Pending::longestDue)
                .reduce((one, other) -> one.isBefore(other) ? one : other);
    }
}
