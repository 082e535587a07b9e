package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DisabledNotice;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells those who want to know that a subscription was disabled, also where the service was killed before it did. */
@Component
class DisabledNoticeSender extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(DisabledNoticeSender.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Subscriptions subscriptions;
    private final ObjectProvider<DisabledNotice> notices;
    private final InstantSource clock;

    DisabledNoticeSender(Subscriptions subscriptions, ObjectProvider<DisabledNotice> notices, InstantSource clock) {
        super(EVERY, EVERY);
        this.subscriptions = subscriptions;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        Instant now = clock.instant();
        return subscriptions
                .noticesDue(now)
                .filterWhen(disabled -> subscriptions.putNoticeOff(disabled.id(), now))
                .concatMap(subscription -> Mono.justOrEmpty(subscription.disabled())
                        .flatMap(disabled -> send(subscription, disabled.reason())))
                .then();
    }

    /** Where it fails, it is sent again later. */
    Mono<Void> send(Subscription disabled, String reason) {
        return Flux.fromStream(notices::stream)
                .concatMap(notice -> notice.send(disabled, reason))
                .then(Mono.defer(() -> subscriptions.noticed(disabled.id())))
                .doOnError(e -> log.debug("That {} is disabled is told later: {}", disabled.id(), e.toString()))
                .onErrorComplete();
    }
}
