package broadsheet.article.sending;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.ViewsSpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells on {@code news.views.spooled} whether views wait in a spool, before they are sent and after the last one was: while
 * they do, nobody can call the counts complete.
 */
@Component
class SpoolReport {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final ViewSpool spool;
    private final ViewProducer producer;
    private final InstantSource clock;

    /** Of each spool, whether it was said last that views wait there. */
    private final Map<String, Boolean> told = new ConcurrentHashMap<>();

    SpoolReport(ViewSpool spool, ViewProducer producer, InstantSource clock) {
        this.spool = spool;
        this.producer = producer;
        this.clock = clock;
    }

    /** Tells what changed since it was told last; what Kafka does not take now is told the next time. */
    void tellChanges() {
        spool.waiting().forEach((id, waiting) -> {
            boolean some = waiting > 0;
            if (!Boolean.valueOf(some).equals(told.get(id)) && tell(new ViewsSpooled(id, waiting))) {
                told.put(id, some);
            }
        });
    }

    private boolean tell(ViewsSpooled event) {
        return report(event, clock.instant())
                .onErrorResume(RefusedForItsTime::is, e -> report(event, Instant.EPOCH))
                .thenReturn(true)
                .onErrorReturn(false)
                .blockOptional(TIME_LIMIT)
                .orElse(false);
    }

    private Mono<Void> report(ViewsSpooled event, Instant time) {
        return producer.report(EventCodec.encode(Envelope.of("/article-service", time, event)));
    }
}
