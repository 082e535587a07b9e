package broadsheet.notification.subscription;

import broadsheet.notification.event.EventFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What someone wants to be told, and where.
 *
 * @param version counts up with every change by its holder
 * @param schedule when alerts may come
 * @param tokenHash SHA-256 of the token that manages it
 * @param secrets of a webhook, the current one first
 * @param confirmation what an e-mail address still has to confirm, or how it did
 * @param activeSince events before are not told; none while it is pending
 * @param disabled why nothing is sent any more
 * @param namedFrom the {@link SubscriberNetwork} that named a receiver which is not the subscriber's own for sure; none of
 *     mailboxes, and of browsers that most people have
 */
public record Subscription(
        String id,
        long version,
        State state,
        Target target,
        EventFilter filter,
        Schedule schedule,
        Locale language,
        String tokenHash,
        List<WebhookSecret> secrets,
        @Nullable Confirmation confirmation,
        Instant createdAt,
        @Nullable Instant activeSince,
        @Nullable Disabled disabled,
        @Nullable String namedFrom) {

    public Subscription {
        secrets = List.copyOf(secrets);
    }

    public enum State {
        /** Its e-mail address is not confirmed. */
        PENDING,
        ACTIVE,
        /** Nothing is sent: its receiver refuses, fails for too long, or has complained. */
        DISABLED
    }

    /**
     * When alerts may come.
     *
     * @param quietHours in which alerts are held; none where there are none
     */
    public record Schedule(DigestFrequency digest, @Nullable QuietHours quietHours, ZoneId zone) {}

    /**
     * The double opt-in of an e-mail address.
     *
     * @param tokenHash SHA-256 of the token in the mail that asks
     * @param expiresAt until when the link in it is good
     * @param consent how it was confirmed; none while it was not
     */
    public record Confirmation(
            String tokenHash, Instant expiresAt, @Nullable Consent consent) {}

    /**
     * That and how someone agreed, as a data protection officer asks for it.
     *
     * @param wording of the page on which they agreed, by its version
     * @param network where the confirmation came from, without the part that tells a single machine
     */
    public record Consent(Instant at, String wording, String network) {}

    public record Disabled(Instant at, String reason) {}

    public Channel channel() {
        return target.channel();
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }
}
