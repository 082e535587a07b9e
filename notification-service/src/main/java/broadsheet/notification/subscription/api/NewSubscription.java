package broadsheet.notification.subscription.api;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.subscription.CapabilityTokens;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscription.Confirmation;
import broadsheet.notification.subscription.Subscription.State;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.WebhookSecret;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a subscription is made from, and how it begins: one by e-mail is pending until its address is confirmed. */
record NewSubscription(
        @NotNull Channel channel,
        @NotNull @Valid TargetRequest target,
        @Nullable @Valid FilterRequest filter,
        @JsonUnwrapped @Valid ScheduleRequest schedule,
        @Nullable @Size(max = 35) String language) {

    /** How long the link in a confirmation mail is good. */
    private static final Duration CONFIRM_WITHIN = Duration.ofDays(2);

    /** @param network that asks for it */
    Subscription begin(Target target, String network, String manageToken, String confirmationToken, Instant now) {
        boolean pending = channel == Channel.EMAIL;
        return new Subscription(
                UuidCreator.getTimeOrderedEpoch().toString(),
                1,
                pending ? State.PENDING : State.ACTIVE,
                target,
                filter == null ? EventFilter.everything() : filter.toFilter(),
                schedule.toSchedule(channel),
                language == null ? Locale.ENGLISH : LanguageTag.toLocale(language),
                CapabilityTokens.hash(manageToken),
                channel == Channel.WEBHOOK ? List.of(WebhookSecret.generate()) : List.of(),
                pending
                        ? new Confirmation(CapabilityTokens.hash(confirmationToken), now.plus(CONFIRM_WITHIN), null)
                        : null,
                now,
                pending ? null : now,
                null,
                target.namesReceiver() ? network : null);
    }
}
