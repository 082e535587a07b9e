package broadsheet.notification.subscription.api;

import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.InvalidFieldException;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code target} that someone sends: {@code {address}} of an e-mail, {@code {url, contact?}} of a webhook,
 * {@code {endpoint, keys}} of a browser.
 *
 * @param contact an e-mail address that is told when the webhook is disabled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TargetRequest(
        @Nullable @Size(max = 320) String address,
        @Nullable @Size(max = 2_000) String url,
        @Nullable @Size(max = 320) String contact,
        @Nullable @Size(max = 2_000) String endpoint,
        @Nullable Long expirationTime,
        @Nullable @Valid Keys keys) {

    /** Of a browser's push subscription, in base64url. */
    record Keys(
            @NotBlank @Size(max = 200) String p256dh,
            @NotBlank @Size(max = 100) String auth) {}

    static TargetRequest of(Target target) {
        if (target instanceof EmailTarget email) {
            return new TargetRequest(email.address(), null, null, null, null, null);
        }
        if (target instanceof WebhookTarget webhook) {
            return new TargetRequest(null, webhook.url(), webhook.contact(), null, null, null);
        }
        var push = (WebPushTarget) target;
        return new TargetRequest(
                null,
                null,
                null,
                push.endpoint(),
                null,
                new Keys(push.keys().p256dh(), push.keys().auth()));
    }

    /**
     * The target of this channel.
     *
     * @throws InvalidFieldException naming the field that is missing, or that belongs to another channel
     */
    Target toTarget(Channel channel) {
        return switch (channel) {
            case EMAIL -> {
                refuse(
                        channel,
                        field("url", url),
                        field("contact", contact),
                        field("endpoint", endpoint),
                        field("keys", keys));
                yield new EmailTarget(required("address", address));
            }
            case WEBHOOK -> {
                refuse(channel, field("address", address), field("endpoint", endpoint), field("keys", keys));
                yield new WebhookTarget(required("url", url), contact);
            }
            case WEBPUSH -> {
                refuse(channel, field("address", address), field("url", url), field("contact", contact));
                Keys given = required("keys", keys);
                yield new WebPushTarget(
                        required("endpoint", endpoint), new WebPushTarget.Keys(given.p256dh(), given.auth()));
            }
            case WEBSUB -> throw new InvalidFieldException("channel", "is not for subscribers");
        };
    }

    private static @Nullable String field(String name, @Nullable Object value) {
        return value == null ? null : name;
    }

    private static void refuse(Channel channel, @Nullable String... present) {
        List<FieldError> errors = Stream.of(present)
                .filter(Objects::nonNull)
                .map(name -> new FieldError(
                        "target." + name,
                        "is not of the channel " + channel.name().toLowerCase(Locale.ROOT)))
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidFieldException(errors);
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidFieldException("target." + field, "is missing");
        } else if (value instanceof String text && text.isBlank()) {
            throw new InvalidFieldException("target." + field, "must not be blank");
        }
        return value;
    }
}
