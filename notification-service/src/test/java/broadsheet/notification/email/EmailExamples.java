package broadsheet.notification.email;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.EmailTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Settings, subscriptions and messages that tests of e-mail begin with. */
final class EmailExamples {

    static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private EmailExamples() {}

    static EmailProperties settings(int port) {
        return settings(port, "127.0.0.1", "The News <news@news.example>", "https://news.example");
    }

    static EmailProperties settings(int port, Duration timeLimit) {
        var settings = settings(port);
        return new EmailProperties(
                settings.host(),
                port,
                "",
                "",
                settings.from(),
                "",
                2,
                timeLimit,
                settings.siteName(),
                settings.baseUrl());
    }

    static EmailProperties settings(int port, String host, String from, String baseUrl) {
        return new EmailProperties(host, port, "", "", from, "", 2, Duration.ofSeconds(5), "The News", baseUrl);
    }

    static Subscription subscription(String address, Locale language) {
        return subscription(new EmailTarget(address), language);
    }

    static Subscription subscription(Target target, Locale language) {
        return new Subscription(
                "subscription-1",
                1,
                Subscription.State.ACTIVE,
                target,
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                language,
                "hash",
                List.of(),
                null,
                NOW,
                NOW,
                null,
                null);
    }

    static OutgoingMessage alert(String address, ArticleChanged event) {
        return message(subscription(address, Locale.ENGLISH), OutgoingMessage.Kind.ALERT, event);
    }

    static OutgoingMessage message(Subscription to, OutgoingMessage.Kind kind, ArticleChanged... events) {
        return new OutgoingMessage(
                "event:1", to, Arrays.stream(events).map(EmailExamples::event).toList(), kind);
    }

    private static PublicEvent event(ArticleChanged event) {
        return PublicEvent.of(Envelope.of("broadsheet/article-service", NOW, event), notification -> "{}")
                .orElseThrow();
    }
}
