package broadsheet.kafka;

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
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes containers for listeners that try again for as long as it takes: what fails here is a store or a broker that is
 * away, and what is skipped would be lost.
 */
public final class ListenerFactories {

    private final ConcurrentKafkaListenerContainerFactoryConfigurer boot;
    private final ConsumerFactory<Object, Object> consumers;
    private final ObservationRegistry observations;

    ListenerFactories(
            ConcurrentKafkaListenerContainerFactoryConfigurer boot,
            ConsumerFactory<Object, Object> consumers,
            ObservationRegistry observations) {
        this.boot = boot;
        this.consumers = consumers;
        this.observations = observations;
    }

    /** For listeners that take so many records at once. A batch comes of many requests, so each record continues its own trace; see {@link TracedRecords}. */
    public ConcurrentKafkaListenerContainerFactory<Object, Object> ofBatches(int size) {
        var factory = ofRecords(size);
        factory.setBatchListener(true);
        factory.getContainerProperties().setRecordObservationsInBatch(true);
        return factory;
    }

    /**
     * For listeners that take one record after the other.
     *
     * @param fetched how many are fetched at once; their work together must not take longer than {@code max.poll.interval.ms}
     */
    public ConcurrentKafkaListenerContainerFactory<Object, Object> ofRecords(int fetched) {
        var factory = new ConcurrentKafkaListenerContainerFactory<Object, Object>();
        boot.configure(factory, consumers);
        factory.setCommonErrorHandler(neverSkipping());
        ContainerProperties container = factory.getContainerProperties();
        container.setAdviceChain(new ListenerFailureLog());
        container.setObservationEnabled(true);
        container.setObservationRegistry(observations);
        // what is set on the factory's own properties of the consumer is not copied to its containers
        factory.setContainerCustomizer(made -> made.getContainerProperties()
                .getKafkaConsumerProperties()
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(fetched)));
        return factory;
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
