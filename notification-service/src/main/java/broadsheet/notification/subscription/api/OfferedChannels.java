package broadsheet.notification.subscription.api;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The channels that can be used here. */
@Component
class OfferedChannels {

    private final List<DeliveryChannel> channels;

    OfferedChannels(List<DeliveryChannel> channels) {
        this.channels = channels;
    }

    /** Fails where a webhook names a contact that is no e-mail address. */
    Mono<Void> checkContact(Target target) {
        if (!(target instanceof WebhookTarget webhook) || webhook.contact() == null) {
            return Mono.empty();
        }
        var contact = new EmailTarget(webhook.contact());
        return Flux.fromIterable(channels)
                .filter(channel -> channel.channel() == Channel.EMAIL)
                .concatMap(email -> email.check(contact))
                .then()
                .onErrorMap(
                        InvalidFieldException.class,
                        e -> new InvalidFieldException("target.contact", "is not an e-mail address"));
    }

    /** The channel; fails with the reason where it is off. */
    DeliveryChannel available(Channel wanted) {
        DeliveryChannel channel = channels.stream()
                .filter(one -> one.channel() == wanted)
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("channel", "is not offered here"));
        channel.unavailable().ifPresent(reason -> {
            throw new InvalidFieldException("channel", "is not offered here: " + reason);
        });
        return channel;
    }
}
