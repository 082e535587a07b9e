package broadsheet.notification.websub;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.outbound.OutboundAnswer;
import broadsheet.notification.outbound.OutboundCallException;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.outbound.ReceiverUrlCheck;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.web.problem.InvalidFieldException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Asks the hub to fetch the feed, as hubs take it: {@code hub.mode=publish} and {@code hub.url} in a form. Whatever but a
 * 2xx is tried again.
 */
@Component
class WebSubChannel implements DeliveryChannel {

    private final WebSubProperties settings;
    private final OutboundClient client;

    WebSubChannel(WebSubProperties settings, ReceiverUrlCheck urls, OutboundClient client) {
        if (settings.isOn()) {
            urls.check("BROADSHEET_WEBSUB_HUB", settings.hub());
        }
        this.settings = settings;
        this.client = client;
    }

    @Override
    public Channel channel() {
        return Channel.WEBSUB;
    }

    @Override
    public Optional<String> unavailable() {
        return settings.isOn() ? Optional.empty() : Optional.of("No hub is set (BROADSHEET_WEBSUB_HUB)");
    }

    @Override
    public Mono<Void> check(Target target) {
        return Mono.error(() -> new InvalidFieldException("channel", "is not for subscribers"));
    }

    @Override
    public Mono<DeliveryOutcome> send(OutgoingMessage message) {
        String form = "hub.mode=publish&hub.url=" + URLEncoder.encode(settings.feed(), UTF_8);
        return client.post(
                        URI.create(settings.hub()),
                        headers -> headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED),
                        form.getBytes(UTF_8))
                .map(WebSubChannel::outcome)
                .onErrorResume(
                        OutboundCallException.class,
                        e -> Mono.just(new Failed(null, String.valueOf(e.getMessage()), null)));
    }

    private static DeliveryOutcome outcome(OutboundAnswer answer) {
        return answer.isSuccess()
                ? new Delivered(answer.status())
                : new Failed(answer.status(), "the hub answered " + answer.status(), answer.retryAfter());
    }
}
