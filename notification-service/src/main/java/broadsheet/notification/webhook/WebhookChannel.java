package broadsheet.notification.webhook;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.DeliveryOutcome.Refused;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.outbound.OutboundAnswer;
import broadsheet.notification.outbound.OutboundCallException;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.outbound.ReceiverUrlCheck;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.operations.TraceParent;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts as signed HTTP requests (Standard Webhooks 1.0), one event each. A 2xx is delivered, a 410 ends the subscription,
 * anything else is tried again.
 */
@Component
class WebhookChannel implements DeliveryChannel {

    private static final MediaType CLOUD_EVENT = MediaType.parseMediaType("application/cloudevents+json");
    private static final int GONE = 410;

    private final ReceiverUrlCheck urls;
    private final OutboundClient client;
    private final WebhookProperties properties;
    private final JsonMapper json;
    private final InstantSource clock;

    WebhookChannel(
            ReceiverUrlCheck urls,
            OutboundClient client,
            WebhookProperties properties,
            JsonMapper json,
            InstantSource clock) {
        this.urls = urls;
        this.client = client;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.WEBHOOK;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Mono<Void> check(Target target) {
        return Mono.fromRunnable(() -> urls.check("target.url", ((WebhookTarget) target).url()));
    }

    @Override
    public Mono<DeliveryOutcome> send(OutgoingMessage message) {
        return Mono.deferContextual(context -> {
                    URI receiver =
                            URI.create(((WebhookTarget) message.subscription().target()).url());
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    byte[] body = json.writeValueAsBytes(event(message, now));
                    Consumer<HttpHeaders> traced = headers ->
                            TraceParent.of(context).ifPresent(trace -> headers.set(TraceParent.HEADER, trace));
                    return client.post(receiver, traced.andThen(headers -> sign(headers, message, now, body)), body);
                })
                .map(WebhookChannel::outcome)
                .onErrorResume(
                        OutboundCallException.class,
                        e -> Mono.just(new Failed(null, String.valueOf(e.getMessage()), null)));
    }

    private WebhookEvent event(OutgoingMessage message, Instant now) {
        return switch (message.kind()) {
            case ALERT, DIGEST -> WebhookEvent.of(message.events().get(0), properties.source());
            case TEST -> WebhookEvent.test(message.id(), properties.source(), now);
        };
    }

    private static void sign(HttpHeaders headers, OutgoingMessage message, Instant now, byte[] body) {
        Subscription subscription = message.subscription();
        headers.setContentType(CLOUD_EVENT);
        headers.set("webhook-id", message.id());
        headers.set("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.set("webhook-signature", WebhookSignature.of(subscription.secrets(), message.id(), now, body));
    }

    private static DeliveryOutcome outcome(OutboundAnswer answer) {
        String detail = "answered " + answer.status();
        if (answer.isSuccess()) {
            return new Delivered(answer.status());
        }
        return answer.status() == GONE
                ? new Refused(answer.status(), detail)
                : new Failed(answer.status(), detail, answer.retryAfter());
    }
}
