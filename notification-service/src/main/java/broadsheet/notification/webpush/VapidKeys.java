package broadsheet.notification.webpush;

import broadsheet.notification.key.ServiceKeys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The site's keys for Web Push: made once, and the same for all instances and for good, since browsers subscribe with them. */
@Component
class VapidKeys {

    private final Mono<VapidKeyPair> pair;

    @Autowired
    VapidKeys(ServiceKeys keys) {
        this(keys.get("vapid", VapidKeyPair::generate).map(VapidKeyPair::of));
    }

    VapidKeys(Mono<VapidKeyPair> pair) {
        this.pair = pair;
    }

    Mono<VapidKeyPair> pair() {
        return pair;
    }
}
