package broadsheet.article.outbox;

import broadsheet.events.EncodedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sends an event and awaits its acknowledgement; an event that failed cannot arrive later, out of order. */
@Component
class OutboxSender implements DisposableBean {

    private static final int MOST_QUEUED = 1_000;
    private static final Duration MAX_BLOCK = Duration.ofSeconds(2);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(6);

    /** After this time the producer has an acknowledgement or has given up, also behind one that waits for another topic. */
    static final Duration TIME_LIMIT = MAX_BLOCK.multipliedBy(2).plus(DELIVERY_TIMEOUT);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;

    /** One thread, since each waits for the same Kafka, and none that requests wait for. */
    private final Scheduler waiting = Schedulers.newBoundedElastic(1, MOST_QUEUED, "outbox");

    OutboxSender(ProducerFactory<?, ?> kafka) {
        this.producers = new DefaultKafkaProducerFactory<>(settings(kafka.getConfigurationProperties()));
        this.kafka = new KafkaTemplate<>(producers);
        this.kafka.setProducerListener(new ProducerListener<>() {}); // the relay logs failures
    }

    Mono<Void> send(EncodedEvent event) {
        return Mono.fromCallable(() -> kafka.send(event.toRecord()))
                .subscribeOn(waiting)
                .flatMap(sent -> Mono.fromFuture(sent))
                .then();
    }

    @Override
    public void destroy() {
        producers.destroy();
        waiting.dispose();
    }

    private static Map<String, Object> settings(Map<String, Object> common) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        return settings;
    }
}
