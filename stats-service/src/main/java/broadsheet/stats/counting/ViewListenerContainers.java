package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.BatchListenerFactories;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** Makes the containers that run {@link ViewListener}. */
@Configuration(proxyBeanMethods = false)
class ViewListenerContainers {

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> statsViewsListenerFactory(
            BatchListenerFactories factories, StatsProperties properties, AssignedPartitions partitions) {
        var factory = factories.create(properties.batchSize());
        factory.setConcurrency(properties.consumers());
        factory.getContainerProperties().setConsumerRebalanceListener(partitions);
        return factory;
    }
}
