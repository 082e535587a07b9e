package broadsheet.notification.subscribing;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.subscription.Channel;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.springframework.stereotype.Component;

/** The channels that can be used here. */
@Component
class Channels {

    private final List<DeliveryChannel> channels;

    Channels(List<DeliveryChannel> channels) {
        this.channels = channels;
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
