package broadsheet.article.sending;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.ViewsSpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells on {@code news.views.spooled} whether views wait in the spool: before they are sent, after the last one was, and
 * every few seconds as long as this instance runs. Of one that ends in silence nobody knows, and calls no count complete.
 */
@Component
class SpoolReport implements DisposableBean {

    private static final Duration TOLD_EVERY = Duration.ofSeconds(3);
    private static final int BELIEVED_SECONDS = 10;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_TIME_LIMIT = Duration.ofSeconds(2);

    private final ViewSpool spool;
    private final SpoolTakeOver takeOver;
    private final ViewProducer producer;
    private final InstantSource clock;
    private boolean someTold;
    private Instant told = Instant.MIN;

    SpoolReport(ViewSpool spool, SpoolTakeOver takeOver, ViewProducer producer, InstantSource clock) {
        this.spool = spool;
        this.takeOver = takeOver;
        this.producer = producer;
        this.clock = clock;
    }

    /** What Kafka does not take now is told the next time. */
    void tell() {
        SpoolFolder own = spool.folder();
        if (own == null || !tellOwn(own.id())) {
            return; // not before this one has said that it holds what it took over
        }
        takeOver.emptied().removeIf(other -> tell(new ViewsSpooled(other, 0), TIME_LIMIT));
    }

    private boolean tellOwn(String id) {
        long waiting = spool.files().waitingCount();
        Instant now = clock.instant();
        boolean due = now.isBefore(told) || !now.minus(TOLD_EVERY).isBefore(told);
        if (!due && someTold == waiting > 0) {
            return true;
        }
        if (!tell(new ViewsSpooled(id, waiting, BELIEVED_SECONDS), TIME_LIMIT)) {
            return false;
        }
        someTold = waiting > 0;
        told = now;
        return true;
    }

    private boolean tell(ViewsSpooled event, Duration timeLimit) {
        return report(event, clock.instant())
                .onErrorResume(RefusedForItsTime::is, e -> report(event, Instant.EPOCH))
                .thenReturn(true)
                .timeout(timeLimit)
                .onErrorReturn(false)
                .blockOptional()
                .orElse(false);
    }

    private Mono<Void> report(ViewsSpooled event, Instant time) {
        return producer.report(EventCodec.encode(Envelope.of("/article-service", time, event)));
    }

    /** The last word of an instance that leaves nothing. */
    @Override
    public void destroy() {
        spool.takeNoMore();
        SpoolFolder own = spool.folder();
        if (own != null && spool.files().isEmpty()) {
            tell(new ViewsSpooled(own.id(), 0), LAST_TIME_LIMIT);
        }
    }
}
