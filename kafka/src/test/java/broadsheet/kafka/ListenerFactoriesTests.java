package broadsheet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;

class ListenerFactoriesTests {

    private final ConcurrentKafkaListenerContainerFactoryConfigurer boot = mock();
    private final ConsumerFactory<Object, Object> consumers = mock();
    private final ListenerFactories factories = new ListenerFactories(boot, consumers, ObservationRegistry.NOOP);

    @Test
    void aListenerFetchesAsManyRecordsAsItAsksFor() {
        doAnswer(configured -> {
                    ConcurrentKafkaListenerContainerFactory<Object, Object> factory = configured.getArgument(0);
                    factory.setConsumerFactory(consumers);
                    return null;
                })
                .when(boot)
                .configure(any(), any());

        var container = factories.ofBatches(2_000).createContainer("news.views");

        assertThat(container.getContainerProperties().getKafkaConsumerProperties())
                .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    }
}
