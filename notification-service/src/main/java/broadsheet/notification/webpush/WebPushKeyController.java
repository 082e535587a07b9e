package broadsheet.notification.webpush;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a page needs to subscribe its browser. */
@RestController
class WebPushKeyController {

    private final VapidKeys keys;

    WebPushKeyController(VapidKeys keys) {
        this.keys = keys;
    }

    /** The {@code applicationServerKey} for {@code PushManager.subscribe()}. */
    @GetMapping("/api/subscriptions/webpush-key")
    Mono<WebPushKey> key() {
        return keys.pair().map(pair -> new WebPushKey(pair.publicKey()));
    }

    record WebPushKey(String publicKey) {}
}
