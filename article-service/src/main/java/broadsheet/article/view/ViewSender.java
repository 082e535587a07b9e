package broadsheet.article.view;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
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
 * Brings a view to Kafka, or to the spool while Kafka is away. Sends leave the event loop, since a producer may block
 * its caller; how many views wait for an acknowledgement is bounded.
 */
@Component
class ViewSender implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ViewSender.class);
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final ViewSpool spool;
    private final ViewProperties properties;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Scheduler sends;
    private volatile boolean away;

    ViewSender(ProducerFactory<?, ?> kafka, ViewSpool spool, ViewProperties properties) {
        this.producers = new DefaultKafkaProducerFactory<>(settings(kafka.getConfigurationProperties(), properties));
        this.kafka = new KafkaTemplate<>(producers);
        this.kafka.setProducerListener(new ProducerListener<>() {}); // whoever sends says what failed, once
        this.spool = spool;
        this.properties = properties;
        this.sends = Schedulers.newBoundedElastic(2, properties.waiting(), "view-sends");
    }

    Mono<Void> send(Envelope<?> view) {
        return Mono.defer(() -> {
            if (waiting.incrementAndGet() > properties.waiting()) {
                waiting.decrementAndGet();
                return Mono.error(refused());
            }
            return (away ? spool.add(view) : deliver(view)).doFinally(signal -> waiting.decrementAndGet());
        });
    }

    void isBack() {
        if (away) {
            away = false;
            log.info("Kafka takes views again");
        }
    }

    @Override
    public void destroy() {
        sends.dispose();
        producers.destroy();
    }

    /** Completes once Kafka has acknowledged the view; the spool is not asked. */
    Mono<Void> viaKafka(Envelope<?> view) {
        return viaKafka(view, () -> false);
    }

    /** What waited behind a send that failed does not block for as long again. */
    private Mono<Void> viaKafka(Envelope<?> view, BooleanSupplier givenUp) {
        return Mono.fromCallable(() -> givenUp.getAsBoolean() ? null : kafka.send(EventCodec.encode(view)))
                .subscribeOn(sends)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Kafka is away")))
                .flatMap(sent -> Mono.fromFuture(sent, true))
                .then();
    }

    private Mono<Void> deliver(Envelope<?> view) {
        return viaKafka(view, () -> away).onErrorResume(e -> {
            if (!away) {
                away = true;
                log.warn("Kafka does not take views, the spool keeps them: {}", e.toString());
            }
            return spool.add(view);
        });
    }

    private static ProblemException refused() {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "Too many views are waiting; try again shortly");
    }

    private static Map<String, Object> settings(Map<String, Object> common, ViewProperties properties) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) LONGEST_BLOCK.toMillis());
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) properties.deliveryTimeout().toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                properties.deliveryTimeout().toMillis());
        return settings;
    }
}
