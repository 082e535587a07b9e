package broadsheet.notification.delivery.matching;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.MatchingLoad;
import broadsheet.notification.delivery.matching.MatchingProgress.Step;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.FilterExplanation;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.MatchingSubscriptions;
import broadsheet.notification.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides who is told of an event, once however often the event is read: of what is new, whose filter matches; of a
 * correction or withdrawal, who was told of the article before ({@link FollowUpMatcher}).
 */
@Component
public class EventMatcher {

    private static final int PAGE = 1_000;

    /** Pages that are written to the store while more are read. */
    private static final int ADDED_TOGETHER = 3;

    /** Pages between two notes of how far it has come. */
    private static final int PAGES_NOTED = 10;

    /** How far the clocks of the services may be apart. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

    private final MatchingSubscriptions subscriptions;
    private final Deliveries deliveries;
    private final FollowUpMatcher followUps;
    private final StoredEvents events;
    private final MatchingProgress progress;
    private final NotificationProperties properties;
    private final MatchingLoad load;
    private final DueTime due;
    private final InstantSource clock;

    EventMatcher(
            MatchingSubscriptions subscriptions,
            Deliveries deliveries,
            FollowUpMatcher followUps,
            StoredEvents events,
            MatchingProgress progress,
            NotificationProperties properties,
            MatchingLoad load,
            DueTime due,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.followUps = followUps;
        this.events = events;
        this.progress = progress;
        this.properties = properties;
        this.load = load;
        this.due = due;
        this.clock = clock;
    }

    /** Completes once everyone who is to be told has a delivery; one that was ended goes on about where it was. */
    Mono<Void> match(PublicEvent event, @Nullable String traceParent) {
        Mono<Void> earlier = switch (event.kind()) {
            case PUBLISHED, MILESTONE -> Mono.empty();
            case CORRECTED -> followUps.tellInstead(event, Deliveries.CORRECTED, traceParent);
            case WITHDRAWN ->
                events.forget(event).then(followUps.tellInstead(event, Deliveries.WITHDRAWN, traceParent));
        };
        return load.during(earlier.then(tellWhoeverMatches(event, traceParent))
                .then(Mono.defer(() -> tellOfUnreadPublication(event, traceParent)))
                .then(Mono.defer(
                        () -> deliveries.countMatched(event.notification().id())))
                .flatMap(count -> events.matched(event.notification().id(), count, clock.instant())));
    }

    private Mono<Void> tellWhoeverMatches(PublicEvent event, @Nullable String traceParent) {
        return tell(event, event, subscription -> isNews(event, subscription), Step.FILTERS, traceParent);
    }

    /**
     * After a long absence a publication may be missing, since the topic keeps an article's newest event alone: whoever
     * would have been told of it is told of the correction.
     */
    private Mono<Void> tellOfUnreadPublication(PublicEvent event, @Nullable String traceParent) {
        Instant oldest = clock.instant().minus(properties.keptFor());
        return Mono.justOrEmpty(event.correctedPublication())
                .filter(publication -> publication.notification().time().isAfter(oldest))
                .filterWhen(publication -> events.isFirstOfArticle(event))
                .flatMap(publication -> tell(
                        event,
                        publication,
                        subscription -> subscription.filter().wants(EventKind.PUBLISHED),
                        Step.UNREAD_PUBLICATION,
                        traceParent));
    }

    /** @param matched what filters and times are compared with */
    private Mono<Void> tell(
            PublicEvent event,
            PublicEvent matched,
            Predicate<Subscription> who,
            Step step,
            @Nullable String traceParent) {
        String id = event.notification().id();
        return progress.of(id, step)
                .flatMapMany(done -> subscriptions.of(matched, done))
                .filter(subscription -> who.test(subscription) && isSince(matched, subscription))
                .map(subscription -> Delivery.scheduled(
                        event,
                        subscription,
                        FilterExplanation.of(subscription.filter(), matched).reasons(),
                        clock.instant(),
                        due.of(event, subscription),
                        traceParent))
                .buffer(PAGE)
                .flatMapSequential(page -> deliveries.add(page).thenReturn(last(page)), ADDED_TOGETHER)
                .map(Delivery::subscription)
                .buffer(PAGES_NOTED)
                .filter(pages -> pages.size() == PAGES_NOTED) // at the end there is nothing to go on with
                .concatMap(pages -> progress.note(id, step, last(pages)))
                .then();
    }

    /** Of a change of an article hears, by its filter alone, who does not want to hear of the article as such; and the hub. */
    static boolean isNews(PublicEvent event, Subscription subscription) {
        return switch (event.kind()) {
            case PUBLISHED, MILESTONE -> true;
            case CORRECTED, WITHDRAWN ->
                !subscription.filter().wants(EventKind.PUBLISHED) || subscription.channel() == Channel.WEBSUB;
        };
    }

    public static boolean isSince(PublicEvent event, Subscription subscription) {
        Instant since = subscription.activeSince();
        return since != null
                && !event.notification().time().plus(CLOCK_DIFFERENCE).isBefore(since);
    }

    private static <T> T last(List<T> page) {
        return page.get(page.size() - 1);
    }
}
