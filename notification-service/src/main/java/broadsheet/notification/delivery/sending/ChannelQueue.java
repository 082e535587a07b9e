package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.MatchingLoad;
import broadsheet.notification.delivery.QueueNames;
import broadsheet.notification.delivery.sending.DeliveryClaims.Blocked;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.subscription.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * What is due by one channel: claims as much as can be sent now, and looks again once more can. To each subscriber one
 * message is sent at a time and to each host only so many, so that a slow receiver holds up nobody else.
 */
final class ChannelQueue {

    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    /**
     * So long mails wait while the event that they tell, or the next, is still matched: a store that is busy with mails
     * makes that three times as long, and until then a withdrawal behind it stops nothing.
     */
    private static final Duration MAILS_WAIT = Duration.ofSeconds(15);

    /** About as many as are sent until the next look. */
    private static final int LOOKED_AT = 500;

    private final Channel channel;
    private final DeliveryClaims claims;
    private final MessageContentsReader contents;
    private final AttemptResults results;
    private final MatchingLoad matching;
    private final InstantSource clock;
    private final MessagesUnderWay underWay;
    private final Sinks.Many<Long> wakeUps = Sinks.many().multicast().directBestEffort();

    /** What the last look saw that waits. */
    private volatile List<Delivery> left = List.of();

    ChannelQueue(
            DeliveryChannel channel,
            DeliveryClaims claims,
            MessageContentsReader contents,
            AttemptResults results,
            MatchingLoad matching,
            InstantSource clock) {
        this.channel = channel.channel();
        this.claims = claims;
        this.contents = contents;
        this.results = results;
        this.matching = matching;
        this.clock = clock;
        this.underWay = new MessagesUnderWay(channel.concurrency(), channel.concurrencyPerHost());
    }

    /** What is to be sent, one subscriber after the other; nothing is claimed after {@code end}. */
    Flux<SendDecision> claimUntil(Mono<?> end, AssignedQueues partitions) {
        return Flux.merge(
                        Flux.interval(Duration.ZERO, LOOKS_EVERY),
                        Flux.merge(partitions.wakeUps(), wakeUps.asFlux()).publishOn(Schedulers.parallel()))
                .takeUntilOther(end)
                .onBackpressureLatest()
                .concatMap(tick -> claimDue(partitions.assigned()), 0);
    }

    /** Has to follow everything that was claimed, also what was not sent. */
    void finished(SendDecision decision) {
        underWay.end(decision.first());
        if (!left.isEmpty() && underWay.isHalfFree()) {
            wakeUps.tryEmitNext(0L);
        }
    }

    private Flux<SendDecision> claimDue(Collection<Integer> partitions) {
        if (underWay.free() == 0 || partitions.isEmpty() || isMatchedFirst()) {
            return Flux.empty();
        }
        Instant now = clock.instant();
        List<Delivery> blocked =
                left.stream().filter(underWay::isBlocked).toList(); // all under way would cost the store much
        return claims.due(QueueNames.of(channel, partitions), except(blocked), now, LOOKED_AT)
                .flatMapMany(due -> claim(due, blocked, now))
                .onErrorResume(results::storeIsAway);
    }

    private Blocked except(List<Delivery> blocked) {
        List<String> subscriptions = blocked.stream()
                .filter(delivery -> !underWay.isHostFull(delivery.host()))
                .map(Delivery::subscription)
                .toList();
        return new Blocked(subscriptions, underWay.fullHosts());
    }

    /** Mails are many and slow; others are told at once. */
    private boolean isMatchedFirst() {
        return channel == Channel.EMAIL && matching.isBusyForLessThan(MAILS_WAIT);
    }

    private Flux<SendDecision> claim(List<Delivery> due, List<Delivery> blocked, Instant now) {
        List<DueMessage> messages = underWay.choose(withoutCutOff(due));
        left = left(due, messages, blocked);
        if (due.size() == LOOKED_AT && messages.size() < underWay.free()) {
            wakeUps.tryEmitNext(0L); // what waits behind those that are blocked
        }
        return messages.isEmpty() ? Flux.empty() : claims.claim(messages, now).flatMapMany(this::decide);
    }

    /** One of each subscriber for whom more is due than is sent now, and one of each host that takes no more. */
    private List<Delivery> left(List<Delivery> due, List<DueMessage> messages, List<Delivery> blocked) {
        Set<String> sent = messages.stream()
                .flatMap(message -> message.deliveries().stream())
                .map(Delivery::id)
                .collect(Collectors.toSet());
        var left = new LinkedHashMap<String, Delivery>();
        Stream.concat(blocked.stream(), due.stream().filter(delivery -> !sent.contains(delivery.id())))
                .forEach(delivery -> left.putIfAbsent(
                        underWay.isHostFull(delivery.host())
                                ? String.valueOf(delivery.host())
                                : delivery.subscription(),
                        delivery));
        return List.copyOf(left.values());
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

    private Flux<SendDecision> decide(List<Claimed> claimed) {
        if (claimed.isEmpty()) {
            return Flux.empty();
        }
        Instant now = clock.instant();
        Map<String, List<Claimed>> bySubscription = claimed.stream()
                .collect(Collectors.groupingBy(one -> one.delivery().subscription()));
        return contents.read(claimed.stream().map(Claimed::delivery).toList())
                .flatMapIterable(read -> bySubscription.values().stream()
                        .map(group -> SendDecision.of(group, read, now))
                        .toList())
                .doOnNext(decision -> underWay.begin(decision.first()));
    }
}
