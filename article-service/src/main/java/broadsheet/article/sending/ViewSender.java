package broadsheet.article.sending;

import broadsheet.events.EncodedEvent;
import broadsheet.kafka.OutageLog;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends a view to Kafka, or to the spool where Kafka does not take it. It never blocks; the number of views that wait for
 * an acknowledgement is bounded.
 */
@Component
public class ViewSender {

    private final ViewProducer producer;
    private final ViewSpool spool;
    private final InstantSource clock;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final OutageLog outage;

    ViewSender(ViewProducer producer, ViewSpool spool, InstantSource clock, SendingProperties properties) {
        this.producer = producer;
        this.spool = spool;
        this.clock = clock;
        this.mostWaiting = properties.waiting();
        this.outage = new OutageLog(LoggerFactory.getLogger(ViewSender.class), clock);
    }

    /**
     * Completes once Kafka or the spool has the view.
     *
     * @throws ProblemException as an error signal: 503 where neither can take it
     */
    public Mono<Void> send(EncodedEvent view) {
        return Mono.defer(() -> {
            if (waiting.incrementAndGet() > mostWaiting) {
                waiting.decrementAndGet();
                return Mono.error(tooManyWaiting());
            }
            Instant now = clock.instant();
            return producer.send(view)
                    .onErrorResume(e -> !RefusedForGood.is(e), e -> spool(view, now, e))
                    .doFinally(signal -> waiting.decrementAndGet());
        });
    }

    private Mono<Void> spool(EncodedEvent view, Instant sentAt, Throwable e) {
        outage.failed("Kafka does not take every view; the spool keeps what it does not: {}", e.getMessage());
        Attempts attempts = e instanceof NotSentException || RefusedForItsTime.is(e) ? null : Attempts.at(sentAt);
        return spool.add(view, attempts).doOnError(full -> producer.partitions().tryFailedAgain());
    }

    /** The spool is empty, and Kafka takes every view. */
    void recovered() {
        outage.recovered("Kafka takes every view again");
    }

    private static ProblemException tooManyWaiting() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "Too many views are waiting; try again shortly");
    }
}
