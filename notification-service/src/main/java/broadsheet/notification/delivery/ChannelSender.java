package broadsheet.notification.delivery;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.OutgoingMessage.Kind;
import broadsheet.notification.delivery.Deliveries.Claimed;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Sends what is due by one channel, to many subscribers beside each other and to each one message at a time, so that a
 * slow receiver holds up nobody else.
 */
final class ChannelSender {

    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
    private static final int LOOKED_AT = 1_000;

    private final DeliveryChannel channel;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final StoredEvents events;
    private final AttemptResults results;
    private final AttemptTraces traces;
    private final InstantSource clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Those busy ones for which more was seen to wait: to leave all busy ones out of a query would cost the store much. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    private final Sinks.Many<Long> wakeUps = Sinks.many().multicast().directBestEffort();
    private volatile boolean more;

    ChannelSender(
            DeliveryChannel channel,
            Deliveries deliveries,
            Subscriptions subscriptions,
            StoredEvents events,
            AttemptResults results,
            AttemptTraces traces,
            InstantSource clock) {
        this.channel = channel;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.events = events;
        this.results = results;
        this.traces = traces;
        this.clock = clock;
    }

    /** Goes on until it is disposed of; nothing is begun after {@code end}, and what is on its way is awaited. */
    Mono<Void> sendUntil(Mono<?> end, DeliveryPartitions partitions) {
        return Flux.merge(
                        Flux.interval(Duration.ZERO, LOOKS_EVERY),
                        Flux.merge(partitions.wakeUps(), wakeUps.asFlux()).publishOn(Schedulers.parallel()))
                .takeUntilOther(end)
                .onBackpressureLatest()
                .concatMap(tick -> claimDue(partitions.assigned()), 0)
                .flatMap(this::send, Integer.MAX_VALUE) // as many as are busy at most
                .then();
    }

    private Flux<Outgoing> claimDue(Collection<Integer> partitions) {
        int free = channel.concurrency() - busy.size();
        if (free <= 0 || partitions.isEmpty()) {
            return Flux.empty();
        }
        Instant now = clock.instant();
        held.retainAll(busy);
        return deliveries
                .due(DeliveryQueue.of(channel.channel(), partitions), List.copyOf(held), now, LOOKED_AT)
                .collectList()
                .flatMapMany(due -> claim(due, free, now))
                .onErrorResume(results::storeIsAway);
    }

    private Flux<Outgoing> claim(List<Delivery> due, int free, Instant now) {
        List<Delivery> whole = withoutBusy(withoutCutOff(due));
        if (whole.isEmpty() && due.size() == LOOKED_AT) {
            wakeUps.tryEmitNext(0L); // what waits behind those that are busy
        }
        DueDeliveries chosen = DueDeliveries.of(whole, free);
        return deliveries
                .claim(chosen.messages(), chosen.alone(), now)
                .collectList()
                .doOnNext(claimed -> more = claimed.size() < due.size() || due.size() == LOOKED_AT)
                .flatMapMany(this::outgoing);
    }

    private List<Delivery> withoutBusy(List<Delivery> due) {
        due.stream().map(Delivery::subscription).filter(busy::contains).forEach(held::add);
        return due.stream()
                .filter(delivery -> !held.contains(delivery.subscription()))
                .toList();
    }

    /** The last subscription's deliveries may go on beyond what was looked at, and belong into one message. */
    private static List<Delivery> withoutCutOff(List<Delivery> due) {
        if (due.size() < LOOKED_AT) {
            return due;
        }
        String last = due.get(due.size() - 1).subscription();
        var whole = due.stream()
                .filter(delivery -> !delivery.subscription().equals(last))
                .toList();
        return whole.isEmpty() ? due : whole;
    }

    private Flux<Outgoing> outgoing(List<Claimed> claimed) {
        if (claimed.isEmpty()) {
            return Flux.empty();
        }
        Mono<Map<String, Subscription>> receivers =
                subscriptions.byIds(ids(claimed, Delivery::subscription)).collectMap(Subscription::id);
        Mono<Map<String, PublicEvent>> told = events.byIds(ids(claimed, Delivery::event))
                .collectMap(event -> event.notification().id());
        return Mono.zip(receivers, told)
                .flatMapIterable(found ->
                        claimed.stream()
                                .collect(Collectors.groupingBy(
                                        one -> one.delivery().subscription()))
                                .values()
                                .stream()
                                .map(group -> Outgoing.of(group, found.getT1(), found.getT2()))
                                .toList())
                .doOnNext(outgoing -> busy.add(outgoing.subscription()));
    }

    private static Set<String> ids(List<Claimed> claimed, Function<Delivery, String> id) {
        return claimed.stream().map(one -> id.apply(one.delivery())).collect(Collectors.toSet());
    }

    private Mono<Void> send(Outgoing outgoing) {
        OutgoingMessage message = outgoing.message();
        Mono<Void> sent = message == null
                ? Mono.empty()
                : Mono.defer(() -> {
                    Instant begun = clock.instant();
                    return Mono.defer(() -> channel.send(message))
                            .timeout(Deliveries.CLAIM)
                            .onErrorResume(e -> Mono.just(new DeliveryOutcome.Failed(null, String.valueOf(e), null)))
                            .transform(attempt -> traces.traced(channel.channel(), outgoing.sent(), attempt))
                            .flatMap(outcome -> results.store(outgoing.sent(), message.subscription(), outcome, begun));
                });
        return results.suppress(outgoing.unsendable(), outgoing.whyNot())
                .then(sent)
                .onErrorResume(results::goOnDespite)
                .doFinally(end -> {
                    busy.remove(outgoing.subscription());
                    if (more && busy.size() <= channel.concurrency() / 2) {
                        wakeUps.tryEmitNext(0L);
                    }
                });
    }

    /**
     * What is sent to one subscriber now.
     *
     * @param message none where there is nothing left to send
     * @param unsendable what was claimed and has nobody to send it to, or nothing to say any more
     */
    private record Outgoing(
            String subscription,
            @Nullable OutgoingMessage message,
            List<Claimed> sent,
            List<Claimed> unsendable,
            String whyNot) {

        static Outgoing of(
                List<Claimed> claimed, Map<String, Subscription> subscriptions, Map<String, PublicEvent> events) {
            String id = claimed.get(0).delivery().subscription();
            Subscription subscription = subscriptions.get(id);
            if (subscription == null || !subscription.isActive()) {
                return new Outgoing(
                        id, null, List.of(), claimed, subscription == null ? "unsubscribed" : Deliveries.DISABLED);
            }
            var sent = new ArrayList<Claimed>();
            var said = new ArrayList<PublicEvent>();
            var unsendable = new ArrayList<Claimed>();
            claimed.stream()
                    .sorted(Comparator.comparing(one -> one.delivery().eventTime()))
                    .forEach(one -> {
                        PublicEvent event = events.get(one.delivery().event());
                        (event == null ? unsendable : sent).add(one);
                        if (event != null) {
                            said.add(event);
                        }
                    });
            return new Outgoing(
                    id, said.isEmpty() ? null : message(subscription, sent, said), sent, unsendable, "withdrawn");
        }

        private static OutgoingMessage message(Subscription subscription, List<Claimed> sent, List<PublicEvent> said) {
            Delivery first = sent.get(0).delivery();
            return first.message() == null
                    ? new OutgoingMessage(first.event(), subscription, said, Kind.ALERT)
                    : new OutgoingMessage(first.message(), subscription, said, Kind.DIGEST);
        }
    }
}
