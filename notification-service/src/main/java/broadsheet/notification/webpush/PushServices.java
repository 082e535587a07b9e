package broadsheet.notification.webpush;

import broadsheet.notification.outbound.OutboundAnswer;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.subscription.Target.WebPushTarget;
import java.net.URI;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks the push service of a browser to deliver a message: encrypted for the browser, signed for the service. */
@Component
class PushServices {

    private final OutboundClient client;
    private final VapidKeys keys;
    private final WebPushProperties settings;
    private final InstantSource clock;

    PushServices(OutboundClient client, VapidKeys keys, WebPushProperties settings, InstantSource clock) {
        this.client = client;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends one message.
     *
     * @param topic a message that is still with the service is replaced by the next one of the same topic
     * @param urgency as RFC 8030 names it: a device that saves power gets what is urgent first
     */
    Mono<OutboundAnswer> send(WebPushTarget browser, byte[] message, String topic, String urgency) {
        URI endpoint = URI.create(browser.endpoint());
        return keys.pair()
                .publishOn(Schedulers.boundedElastic()) // a key agreement and a signature hold up no event loop
                .flatMap(pair -> {
                    byte[] encrypted = PushEncryption.of(browser.keys()).encrypt(message);
                    var headers = new HttpHeaders();
                    headers.set(
                            HttpHeaders.AUTHORIZATION,
                            pair.authorization(endpoint, settings.contact(), clock.instant()));
                    headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
                    headers.set(HttpHeaders.CONTENT_ENCODING, "aes128gcm");
                    headers.set("TTL", Long.toString(settings.timeToLive().toSeconds()));
                    headers.set("Urgency", urgency);
                    headers.set("Topic", topic);
                    return client.post(endpoint, set -> set.addAll(headers), encrypted);
                });
    }
}
