package broadsheet.notification.subscription;

import broadsheet.notification.DocumentReader;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.subscription.Subscription.Confirmation;
import broadsheet.notification.subscription.Subscription.Consent;
import broadsheet.notification.subscription.Subscription.Disabled;
import broadsheet.notification.subscription.Subscription.Schedule;
import broadsheet.notification.subscription.Subscription.State;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.HubTarget;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A subscription as the store keeps it: local times and zones as text, so that no clock of a machine changes them. */
final class SubscriptionDocument {

    private SubscriptionDocument() {}

    static Document of(Subscription subscription) {
        return new Document("_id", subscription.id())
                .append("version", subscription.version())
                .append("state", subscription.state().name())
                .append("channel", subscription.channel().name())
                .append("target", of(subscription.target()))
                .append("filter", of(subscription.filter()))
                .append("schedule", of(subscription.schedule()))
                .append("language", subscription.language().toLanguageTag())
                .append("tokenHash", subscription.tokenHash())
                .append("secrets", of(subscription.secrets()))
                .append("confirmation", of(subscription.confirmation()))
                .append("createdAt", Date.from(subscription.createdAt()))
                .append("activeSince", date(subscription.activeSince()))
                .append("disabled", of(subscription.disabled()))
                .append("namedFrom", subscription.namedFrom());
    }

    /** None where it cannot be read, which is logged. */
    static Optional<Subscription> readable(Document document) {
        return DocumentReader.read("subscription", document, SubscriptionDocument::read);
    }

    static Subscription read(Document document) {
        return new Subscription(
                document.getString("_id"),
                document.getLong("version"),
                State.valueOf(document.getString("state")),
                target(Channel.valueOf(document.getString("channel")), document.get("target", Document.class)),
                filter(document.get("filter", Document.class)),
                schedule(document.get("schedule", Document.class)),
                Locale.forLanguageTag(document.getString("language")),
                document.getString("tokenHash"),
                document.getList("secrets", Document.class).stream()
                        .map(secret -> new WebhookSecret(secret.getString("value"), instant(secret, "validUntil")))
                        .toList(),
                confirmation(document.get("confirmation", Document.class)),
                document.getDate("createdAt").toInstant(),
                instant(document, "activeSince"),
                disabled(document.get("disabled", Document.class)),
                document.getString("namedFrom"));
    }

    private static Document of(Target target) {
        if (target instanceof EmailTarget email) {
            return new Document("address", email.address());
        }
        if (target instanceof WebhookTarget webhook) {
            return new Document("url", webhook.url()).append("contact", webhook.contact());
        }
        if (target instanceof HubTarget) {
            return new Document();
        }
        var push = (WebPushTarget) target;
        return new Document("endpoint", push.endpoint())
                .append("p256dh", push.keys().p256dh())
                .append("auth", push.keys().auth());
    }

    private static Target target(Channel channel, Document target) {
        return switch (channel) {
            case EMAIL -> new EmailTarget(target.getString("address"));
            case WEBHOOK -> new WebhookTarget(target.getString("url"), target.getString("contact"));
            case WEBPUSH ->
                new WebPushTarget(
                        target.getString("endpoint"),
                        new WebPushTarget.Keys(target.getString("p256dh"), target.getString("auth")));
            case WEBSUB -> new HubTarget();
        };
    }

    static Document of(EventFilter filter) {
        return new Document("categories", List.copyOf(filter.categories()))
                .append("tags", List.copyOf(filter.tags()))
                .append("authors", List.copyOf(filter.authors()))
                .append("keywords", List.copyOf(filter.keywords()))
                .append("events", filter.events().stream().map(EventKind::name).toList());
    }

    private static EventFilter filter(Document filter) {
        return new EventFilter(
                texts(filter, "categories"),
                texts(filter, "tags"),
                texts(filter, "authors"),
                texts(filter, "keywords"),
                texts(filter, "events").stream().map(EventKind::valueOf).collect(Collectors.toSet()));
    }

    static Document of(Schedule schedule) {
        QuietHours quiet = schedule.quietHours();
        return new Document("digest", schedule.digest().name())
                .append("zone", schedule.zone().getId())
                .append(
                        "quietHours",
                        quiet == null
                                ? null
                                : new Document("from", quiet.from().toString())
                                        .append("to", quiet.to().toString())
                                        .append("exceptBreaking", quiet.exceptBreaking()));
    }

    private static Schedule schedule(Document schedule) {
        Document quiet = schedule.get("quietHours", Document.class);
        return new Schedule(
                DigestFrequency.valueOf(schedule.getString("digest")),
                quiet == null
                        ? null
                        : new QuietHours(
                                LocalTime.parse(quiet.getString("from")),
                                LocalTime.parse(quiet.getString("to")),
                                quiet.getBoolean("exceptBreaking")),
                ZoneId.of(schedule.getString("zone")));
    }

    static List<Document> of(Collection<WebhookSecret> secrets) {
        return secrets.stream()
                .map(secret -> new Document("value", secret.value()).append("validUntil", date(secret.validUntil())))
                .toList();
    }

    static @Nullable Document of(@Nullable Confirmation confirmation) {
        if (confirmation == null) {
            return null;
        }
        Consent consent = confirmation.consent();
        return new Document("tokenHash", confirmation.tokenHash())
                .append("expiresAt", Date.from(confirmation.expiresAt()))
                .append(
                        "consent",
                        consent == null
                                ? null
                                : new Document("at", Date.from(consent.at()))
                                        .append("wording", consent.wording())
                                        .append("network", consent.network()));
    }

    private static @Nullable Confirmation confirmation(@Nullable Document confirmation) {
        if (confirmation == null) {
            return null;
        }
        Document consent = confirmation.get("consent", Document.class);
        return new Confirmation(
                confirmation.getString("tokenHash"),
                confirmation.getDate("expiresAt").toInstant(),
                consent == null
                        ? null
                        : new Consent(
                                consent.getDate("at").toInstant(),
                                consent.getString("wording"),
                                consent.getString("network")));
    }

    static @Nullable Document of(@Nullable Disabled disabled) {
        return disabled == null
                ? null
                : new Document("at", Date.from(disabled.at())).append("reason", disabled.reason());
    }

    private static @Nullable Disabled disabled(@Nullable Document disabled) {
        return disabled == null ? null : new Disabled(disabled.getDate("at").toInstant(), disabled.getString("reason"));
    }

    private static Set<String> texts(Document document, String field) {
        return Set.copyOf(document.getList(field, String.class));
    }

    private static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }

    private static @Nullable Instant instant(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
