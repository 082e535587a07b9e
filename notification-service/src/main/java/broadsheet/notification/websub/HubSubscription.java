package broadsheet.notification.websub;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.subscription.CapabilityTokens;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target.HubTarget;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps the one subscription through which the hub is told, as long as a hub is set. Nobody has a token for it. It is
 * looked at again in case instances with and without the setting ran beside each other.
 */
@Component
class HubSubscription extends PeriodicWork {

    static final String ID = "websub-hub";
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final WebSubProperties settings;
    private final Subscriptions subscriptions;
    private final SubscriptionRemoval removal;
    private final InstantSource clock;

    HubSubscription(
            WebSubProperties settings, Subscriptions subscriptions, SubscriptionRemoval removal, InstantSource clock) {
        super(AT_ONCE, EVERY);
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.removal = removal;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return subscriptions
                .byId(ID)
                .hasElement()
                .filter(isThere -> isThere != settings.isOn())
                .flatMap(isThere -> isThere
                        ? removal.remove(ID).then()
                        : subscriptions.add(toAll()).then());
    }

    /** Two instances may add it at once: the second fails, and finds it the next time. */
    private Subscription toAll() {
        Instant now = clock.instant();
        return new Subscription(
                ID,
                1,
                Subscription.State.ACTIVE,
                new HubTarget(),
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                Locale.ENGLISH,
                CapabilityTokens.hash(CapabilityTokens.random()),
                List.of(),
                null,
                now,
                now,
                null,
                null);
    }
}
