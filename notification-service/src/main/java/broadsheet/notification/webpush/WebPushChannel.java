package broadsheet.notification.webpush;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.DeliveryOutcome.Refused;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.outbound.OutboundAnswer;
import broadsheet.notification.outbound.OutboundCallException;
import broadsheet.notification.outbound.ReceiverUrlCheck;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.web.problem.InvalidFieldException;
import com.zerodeplibs.webpush.header.Urgency;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Sends alerts to browsers through the push service that each names (RFC 8030). */
@Component
class WebPushChannel implements DeliveryChannel {

    private static final String ENDPOINT = "target.endpoint";

    private final PushServices services;
    private final PushPayloadWriter payloads;
    private final ReceiverUrlCheck urls;
    private final NotificationProperties settings;
    private final JsonMapper json;

    WebPushChannel(
            PushServices services,
            PushPayloadWriter payloads,
            ReceiverUrlCheck urls,
            NotificationProperties settings,
            JsonMapper json) {
        this.services = services;
        this.payloads = payloads;
        this.urls = urls;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public Channel channel() {
        return Channel.WEBPUSH;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Mono<Void> check(Target target) {
        return Mono.fromRunnable(() -> {
            var browser = (WebPushTarget) target;
            if (!"https"
                    .equalsIgnoreCase(urls.check(ENDPOINT, browser.endpoint()).getScheme())) {
                throw new InvalidFieldException(ENDPOINT, "must be an https URL");
            }
            PushEncryption.of(browser.keys());
        });
    }

    /** Most browsers share few push services. */
    @Override
    public int concurrencyPerHost() {
        return concurrency() / 2;
    }

    @Override
    public Mono<DeliveryOutcome> send(OutgoingMessage message) {
        PushPayload payload = payloads.of(message);
        return send(message, payload)
                .flatMap(answer -> answer.status() == HttpStatus.CONTENT_TOO_LARGE.value() && payload.body() != null
                        ? send(message, payload.withoutBody())
                        : Mono.just(answer))
                .<DeliveryOutcome>map(WebPushChannel::outcome)
                .onErrorResume(
                        OutboundCallException.class,
                        e -> Mono.just(new Failed(null, String.valueOf(e.getMessage()), null)));
    }

    private Mono<OutboundAnswer> send(OutgoingMessage message, PushPayload payload) {
        var browser = (WebPushTarget) message.subscription().target();
        return services.send(browser, payload.encode(json), PushTopic.of(payload.tag()), urgency(message));
    }

    private String urgency(OutgoingMessage message) {
        boolean breaking = message.events().stream().anyMatch(event -> event.isTagged(settings.breakingTag()));
        return breaking ? Urgency.high() : Urgency.normal();
    }

    private static DeliveryOutcome outcome(OutboundAnswer answer) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return new Delivered(status);
        }
        return status == HttpStatus.NOT_FOUND.value() || status == HttpStatus.GONE.value()
                ? new Refused(status, "the browser's subscription has ended")
                : new Failed(status, "the push service answered " + status, answer.retryAfter());
    }
}
