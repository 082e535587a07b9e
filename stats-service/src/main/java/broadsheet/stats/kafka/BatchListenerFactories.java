package broadsheet.stats.kafka;

import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes containers for batch listeners that try a batch again for as long as it takes: what fails here is a store or a
 * broker that is away, and a skipped batch would be lost counts.
 */
@Component
public class BatchListenerFactories {

    private final ConcurrentKafkaListenerContainerFactoryConfigurer boot;
    private final ConsumerFactory<Object, Object> consumers;
    private final ObservationRegistry observations;

    BatchListenerFactories(
            ConcurrentKafkaListenerContainerFactoryConfigurer boot,
            ConsumerFactory<Object, Object> consumers,
            ObservationRegistry observations) {
        this.boot = boot;
        this.consumers = consumers;
        this.observations = observations;
    }

    public ConcurrentKafkaListenerContainerFactory<Object, Object> create(int batchSize) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        boot.configure(factory, consumers);
        factory.setBatchListener(true);
        factory.setCommonErrorHandler(neverSkipping());
        ContainerProperties container = factory.getContainerProperties();
        container.setAdviceChain(new RetryLog());
        container
                .getKafkaConsumerProperties()
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(batchSize));
        traced(container);
        return factory;
    }

    /** A batch comes of many requests, so each record continues its own trace; see {@link TracedRecords}. */
    private void traced(ContainerProperties container) {
        container.setObservationEnabled(true);
        container.setRecordObservationsInBatch(true);
        container.setObservationRegistry(observations);
    }

    private static CommonErrorHandler neverSkipping() {
        var backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        var handler = new DefaultErrorHandler(
                (record, e) -> {
                    throw new KafkaException("A record may not be skipped", e);
                },
                backOff);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
