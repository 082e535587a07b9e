package broadsheet.stats.kafka;

import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
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

    private static final int METADATA_MAX_AGE_MILLIS = 10_000; // a topic made after us is found soon
    private static final int SESSION_TIMEOUT_MILLIS = 10_000; // so long a killed process keeps its partitions

    private final KafkaProperties kafka;
    private final KafkaConnectionDetails connection;
    private final ObservationRegistry observations;

    BatchListenerFactories(KafkaProperties kafka, KafkaConnectionDetails connection, ObservationRegistry observations) {
        this.kafka = kafka;
        this.connection = connection;
        this.observations = observations;
    }

    public ConcurrentKafkaListenerContainerFactory<String, byte[]> create(int batchSize) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getConsumer().getBootstrapServers());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MILLIS);
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(settings));
        factory.setBatchListener(true);
        factory.setCommonErrorHandler(neverSkipping());
        factory.getContainerProperties().setAdviceChain(new RetryLog());
        traced(factory.getContainerProperties());
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
