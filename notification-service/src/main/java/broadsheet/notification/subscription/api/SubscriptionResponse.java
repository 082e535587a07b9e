package broadsheet.notification.subscription.api;

import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscription.Disabled;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its holder sees it.
 *
 * @param state {@code pending} until its e-mail address is confirmed, {@code active}, or {@code disabled}
 * @param manageToken only in the answer that creates it; for an e-mail address on the page that confirms it
 * @param secret of a webhook, only in the answer that creates it
 */
record SubscriptionResponse(
        String id,
        Channel channel,
        String state,
        TargetRequest target,
        FilterRequest filter,
        DigestFrequency digest,
        ScheduleRequest.@Nullable QuietHoursRequest quietHours,
        String zone,
        String language,
        Instant createdAt,
        @Nullable Instant activeSince,
        @Nullable Disabled disabled,
        long version,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String manageToken,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static SubscriptionResponse of(Subscription subscription) {
        return created(subscription, null, null);
    }

    static SubscriptionResponse created(
            Subscription subscription, @Nullable String manageToken, @Nullable String secret) {
        return new SubscriptionResponse(
                subscription.id(),
                subscription.channel(),
                subscription.state().name().toLowerCase(Locale.ROOT),
                TargetRequest.of(subscription.target()),
                FilterRequest.of(subscription.filter()),
                subscription.schedule().digest(),
                ScheduleRequest.QuietHoursRequest.of(subscription.schedule().quietHours()),
                subscription.schedule().zone().getId(),
                subscription.language().toLanguageTag(),
                subscription.createdAt(),
                subscription.activeSince(),
                subscription.disabled(),
                subscription.version(),
                manageToken,
                secret);
    }
}
