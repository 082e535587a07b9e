package broadsheet.article.view;

import broadsheet.events.EncodedEvent;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends a view to Kafka, or to the spool while Kafka is away. Sending leaves the event loop, since a producer may block
 * its caller; the number of views that wait for an acknowledgement is bounded.
 */
@Component
class ViewSender implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSender.class);
    private static final Duration MAX_BLOCK = Duration.ofSeconds(1);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final ViewSpool spool;
    private final ViewProperties properties;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Scheduler sends;
    private volatile boolean kafkaIsAway;

    ViewSender(ProducerFactory<?, ?> kafka, ViewSpool spool, ViewProperties properties) {
        this.producers = new DefaultKafkaProducerFactory<>(settings(kafka.getConfigurationProperties(), properties));
        this.kafka = new KafkaTemplate<>(producers);
        this.kafka.setProducerListener(new ProducerListener<>() {}); // sendOrSpool logs failures, once
        this.spool = spool;
        this.properties = properties;
        this.sends = Schedulers.newBoundedElastic(2, properties.waiting(), "view-sends");
    }

    Mono<Void> send(EncodedEvent view) {
        return Mono.defer(() -> {
            if (waiting.incrementAndGet() > properties.waiting()) {
                waiting.decrementAndGet();
                return Mono.error(tooManyWaiting());
            }
            return (kafkaIsAway ? spool.add(view) : sendOrSpool(view)).doFinally(signal -> waiting.decrementAndGet());
        });
    }

    void kafkaIsBack() {
        if (kafkaIsAway) {
            kafkaIsAway = false;
            log.info("Kafka accepts views again");
        }
    }

    @Override
    public void destroy() {
        sends.dispose();
        producers.destroy();
    }

    /** Completes once Kafka has acknowledged the view; does not use the spool. */
    Mono<Void> sendToKafka(EncodedEvent view) {
        return sendToKafka(view, () -> false);
    }

    /** A view that waited behind a failed send gives up at once instead of blocking for as long again. */
    private Mono<Void> sendToKafka(EncodedEvent view, BooleanSupplier givesUp) {
        return Mono.fromCallable(() -> givesUp.getAsBoolean() ? null : kafka.send(view.toRecord()))
                .subscribeOn(sends)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Kafka is away")))
                .flatMap(sent -> Mono.fromFuture(sent, true))
                .then();
    }

    private Mono<Void> sendOrSpool(EncodedEvent view) {
        return sendToKafka(view, () -> kafkaIsAway).onErrorResume(e -> {
            if (!kafkaIsAway) {
                kafkaIsAway = true;
                log.warn("Kafka does not accept views; the spool keeps them: {}", e.toString());
            }
            return spool.add(view);
        });
    }

    private static ProblemException tooManyWaiting() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "Too many views are waiting; try again shortly");
    }

    private static Map<String, Object> settings(Map<String, Object> common, ViewProperties properties) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK.toMillis());
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) properties.deliveryTimeout().toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                properties.deliveryTimeout().toMillis());
        return settings;
    }
}
