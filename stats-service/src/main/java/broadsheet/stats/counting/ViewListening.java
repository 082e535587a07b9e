package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.BatchListeners;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** How the views are listened to. */
@Configuration(proxyBeanMethods = false)
class ViewListening {

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> statsViewsListenerFactory(
            BatchListeners listeners, StatsProperties properties, ViewCounting counting) {
        var factory = listeners.ofAtMost(properties.batchSize());
        factory.setConcurrency(properties.consumers());
        factory.getContainerProperties().setConsumerRebalanceListener(new FromTheBeginning(counting));
        return factory;
    }

    /**
     * Starts every assigned partition at its beginning, so that a record arrives wherever there is one, upon which the
     * counting moves it to the right place. Asking the store here instead would not do: it may be away, and after an
     * exception the partition would be read from where Kafka thinks it was.
     */
    private record FromTheBeginning(ViewCounting counting) implements ConsumerAwareRebalanceListener {

        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            counting.assigned(consumer.endOffsets(partitions));
            consumer.seekToBeginning(partitions);
        }
    }
}
