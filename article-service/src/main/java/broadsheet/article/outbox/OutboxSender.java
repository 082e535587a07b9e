package broadsheet.article.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends a record and waits for its acknowledgement; what failed can no longer arrive later, out of order. */
@Component
class OutboxSender implements DisposableBean {

    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(2);
    private static final Duration DELIVERY = Duration.ofSeconds(6);

    /** After this a record is acknowledged or given up, by the producer itself. */
    static final Duration TIME_LIMIT = LONGEST_BLOCK.plus(DELIVERY);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;

    OutboxSender(ProducerFactory<?, ?> kafka) {
        this.producers = new DefaultKafkaProducerFactory<>(settings(kafka.getConfigurationProperties()));
        this.kafka = new KafkaTemplate<>(producers);
        this.kafka.setProducerListener(new ProducerListener<>() {}); // whoever sends says what failed, once
    }

    Mono<Void> send(ProducerRecord<String, byte[]> record) {
        return Mono.fromCallable(() -> kafka.send(record))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(sent -> Mono.fromFuture(sent, true))
                .then();
    }

    @Override
    public void destroy() {
        producers.destroy();
    }

    private static Map<String, Object> settings(Map<String, Object> common) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) LONGEST_BLOCK.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis() / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        return settings;
    }
}
