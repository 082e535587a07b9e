package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryLedger;
import broadsheet.notification.delivery.DeliveryLedger.Pending;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.store.PeriodicWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What operators see of waiting: every 30 s, from the store. Each instance reports the queues that it sends from, and
 * whichever has the first partition the subscriptions, so that sums over instances are right.
 */
@Component
public class QueueMetrics extends PeriodicWork {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int OF_SUBSCRIPTIONS = 0;

    private final DeliveryLedger ledger;
    private final Subscriptions subscriptions;
    private final AssignedQueues partitions;
    private final InstantSource clock;
    private final MultiGauge subscribed;
    private final MultiGauge pending;
    private final MultiGauge queueAge;

    QueueMetrics(
            DeliveryLedger ledger,
            Subscriptions subscriptions,
            AssignedQueues partitions,
            MeterRegistry meters,
            InstantSource clock) {
        super(EVERY, EVERY);
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.partitions = partitions;
        this.clock = clock;
        this.subscribed = MultiGauge.builder("broadsheet.notification.subscriptions")
                .description("Subscriptions by channel and state")
                .register(meters);
        this.pending = MultiGauge.builder("broadsheet.notification.deliveries.pending")
                .description("Deliveries that wait to be sent, held ones included, or are being sent")
                .register(meters);
        this.queueAge = MultiGauge.builder("broadsheet.notification.retry.queue.age")
                .description("For how long the longest due delivery has been due")
                .baseUnit("seconds")
                .register(meters);
    }

    @Override
    public Mono<Void> run() {
        Set<Integer> assigned = partitions.assigned();
        return countPending(assigned).then(countSubscriptions(assigned));
    }

    private Mono<Void> countPending(Set<Integer> assigned) {
        return Flux.fromArray(Channel.values())
                .filter(channel -> !assigned.isEmpty())
                .concatMap(channel -> ledger.pending(channel, assigned).map(states -> Map.entry(channel, states)))
                .collectList()
                .doOnNext(channels -> {
                    Instant now = clock.instant();
                    pending.register(
                            channels.stream()
                                    .flatMap(one -> pending(one.getKey(), one.getValue()))
                                    .toList(),
                            true);
                    queueAge.register(
                            channels.stream()
                                    .map(one -> age(one.getKey(), one.getValue(), now))
                                    .toList(),
                            true);
                })
                .then();
    }

    private Mono<Void> countSubscriptions(Set<Integer> assigned) {
        return Flux.fromArray(Channel.values())
                .filter(channel -> assigned.contains(OF_SUBSCRIPTIONS))
                .concatMap(channel -> Flux.fromArray(Subscription.State.values())
                        .concatMap(state -> subscriptions
                                .count(channel, state)
                                .<Row<?>>map(count -> Row.of(tags(channel, state), count))))
                .collectList()
                .doOnNext(rows -> subscribed.register(rows, true))
                .then();
    }

    private static Stream<Row<?>> pending(Channel channel, Map<State, Pending> states) {
        return Stream.of(State.values())
                .filter(State::isPending)
                .map(state -> Row.of(
                        tags(channel, state),
                        states.getOrDefault(state, Pending.NONE).count()));
    }

    private static Row<?> age(Channel channel, Map<State, Pending> states, Instant now) {
        Instant longest = states.values().stream()
                .map(Pending::longestDue)
                .min(Instant::compareTo)
                .filter(due -> due.isBefore(now))
                .orElse(now);
        return Row.of(
                Tags.of("channel", lowerCase(channel)),
                Duration.between(longest, now).toSeconds());
    }

    private static Tags tags(Channel channel, Enum<?> state) {
        return Tags.of("channel", lowerCase(channel), "state", lowerCase(state));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
