package broadsheet.notification.delivery.matching;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.EarlierDeliveries;
import broadsheet.notification.delivery.EarlierDelivery;
import broadsheet.notification.delivery.matching.MatchingProgress.Step;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides who is told of a correction or withdrawal: who was told of the article before, or was about to be. */
@Component
class FollowUpMatcher {

    private static final int PAGE = 1_000;

    private final EarlierDeliveries earlier;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final MatchingProgress progress;
    private final DueTime due;
    private final InstantSource clock;

    FollowUpMatcher(
            EarlierDeliveries earlier,
            Deliveries deliveries,
            Subscriptions subscriptions,
            MatchingProgress progress,
            DueTime due,
            InstantSource clock) {
        this.earlier = earlier;
        this.deliveries = deliveries;
        this.subscriptions = subscriptions;
        this.progress = progress;
        this.due = due;
        this.clock = clock;
    }

    /** Ends what waits to tell of earlier events, and makes a delivery of this one for everyone who is to hear of it. */
    Mono<Void> tellInstead(PublicEvent event, String because, @Nullable String traceParent) {
        String id = event.notification().id();
        return earlier.supersede(event, because, clock.instant())
                .then(progress.of(id, Step.TOLD_BEFORE))
                .flatMapMany(done -> earlier.before(event, done, PAGE))
                .concatMap(
                        page -> tell(event, page, traceParent).then(page.size() < PAGE ? Mono.empty() : note(id, page)))
                .then();
    }

    private Mono<Void> note(String event, List<EarlierDelivery> page) {
        return progress.note(
                event, Step.TOLD_BEFORE, page.get(page.size() - 1).delivery().id());
    }

    private Mono<Void> tell(PublicEvent event, List<EarlierDelivery> page, @Nullable String traceParent) {
        Map<String, EarlierDelivery> concerned = page.stream()
                .filter(one -> one.mayHaveArrived() || isReplaced(event, one))
                .collect(Collectors.toMap(
                        one -> one.delivery().subscription(),
                        Function.identity(),
                        BinaryOperator.maxBy(EarlierDelivery.BY_VERSION)));
        return subscriptions
                .byIds(concerned.keySet())
                .flatMapIterable(read -> read.found().values())
                .filter(Subscription::isActive)
                .filter(subscription -> isReplaced(event, concerned.get(subscription.id()))
                        || subscription.filter().wants(event.kind()))
                .map(subscription -> followUp(
                        event, subscription, Objects.requireNonNull(concerned.get(subscription.id())), traceParent))
                .collectList()
                .flatMap(deliveries::add)
                .then();
    }

    private Delivery followUp(
            PublicEvent event, Subscription subscription, EarlierDelivery earlier, @Nullable String traceParent) {
        boolean neverTold = isSuperseded(event, earlier) && !earlier.wasTried();
        String why = (neverTold ? "replaces " : "told of ") + earlier.delivery().event();
        return Delivery.scheduled(
                event,
                subscription,
                List.of(why),
                clock.instant(),
                neverTold ? earlier.heldUntil() : due.of(event, subscription),
                traceParent,
                event.kind() == EventKind.WITHDRAWN
                        && isTriedFirst(earlier)
                        && !EventMatcher.isNews(event, subscription));
    }

    /** Whoever is about to send it may find that it is withdrawn, and send nothing. */
    private static boolean isTriedFirst(EarlierDelivery earlier) {
        return earlier.delivery().state() == State.SENDING && !earlier.wasTried();
    }

    /** It waited until the correction came, which is sent in its place. What is withdrawn is not. */
    private static boolean isReplaced(PublicEvent event, @Nullable EarlierDelivery earlier) {
        return earlier != null && isSuperseded(event, earlier) && event.kind() == EventKind.CORRECTED;
    }

    private static boolean isSuperseded(PublicEvent event, EarlierDelivery earlier) {
        return event.notification().id().equals(earlier.supersededBy());
    }
}
