package broadsheet.notification.delivery;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Subscriptions, events and deliveries that tests of the queue begin with. */
public final class DeliveryExamples {

    public static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private DeliveryExamples() {}

    public static Subscription byEmail(String id) {
        return subscription(id, new Target.EmailTarget(id + "@example.org"));
    }

    public static Subscription webhook(String id, String host) {
        return subscription(id, new Target.WebhookTarget("https://" + host + "/" + id, null));
    }

    private static Subscription subscription(String id, Target target) {
        return new Subscription(
                id,
                1,
                Subscription.State.ACTIVE,
                target,
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                Locale.ENGLISH,
                "hash",
                List.of(),
                null,
                NOW,
                NOW,
                null,
                null);
    }

    public static PublicEvent event(ArticleChanged change) {
        return event(NOW, change);
    }

    public static PublicEvent event(Instant time, ArticleChanged change) {
        return PublicEvent.of(Envelope.of("/article-service", time, change), notification -> "{}")
                .orElseThrow();
    }

    /** Due now. */
    public static Delivery delivery(PublicEvent event, Subscription subscription) {
        return Delivery.scheduled(event, subscription, List.of("test"), NOW, NOW, null);
    }
}
