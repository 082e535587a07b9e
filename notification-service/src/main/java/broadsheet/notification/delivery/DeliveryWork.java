package broadsheet.notification.delivery;

import broadsheet.kafka.ListenerFactories;
import broadsheet.notification.NotificationProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Which queues this instance sends from: those of the partitions that Kafka assigns to it of a topic that says only that
 * there is something to send. A word that is lost costs a second, since whoever sends also looks by itself.
 */
@Component
class DeliveryWork {

    private static final byte[] NOTHING = {};

    private final KafkaTemplate<String, byte[]> kafka;
    private final String topic;
    private final Sinks.Many<Long> announced = Sinks.many().multicast().directBestEffort();
    private volatile Set<Integer> partitions = Set.of();

    DeliveryWork(KafkaTemplate<String, byte[]> kafka, NotificationProperties properties) {
        this.kafka = kafka;
        this.topic = properties.deliveriesTopic();
    }

    Set<Integer> partitions() {
        return partitions;
    }

    /** That there is something to send, from here or elsewhere. */
    Flux<Long> announced() {
        return announced.asFlux();
    }

    /** Tells all instances to look. Does not wait for Kafka. */
    void announce() {
        for (int partition = 0; partition < DeliveryQueue.PARTITIONS; partition++) {
            kafka.send(new ProducerRecord<>(topic, partition, null, NOTHING)).exceptionally(lost -> null);
        }
    }

    @KafkaListener(
            id = "notification-deliveries",
            groupId = "notification-service-deliveries",
            topics = "${broadsheet.notification.deliveries-topic:notification.deliveries}",
            containerFactory = "notificationDeliveriesFactory")
    void look(List<ConsumerRecord<String, byte[]>> announcements) {
        announced.tryEmitNext(0L);
    }

    private void assigned(Collection<TopicPartition> assigned) {
        var more = new TreeSet<>(partitions);
        assigned.forEach(partition -> more.add(partition.partition()));
        partitions = Set.copyOf(more);
        announced.tryEmitNext(0L);
    }

    private void revoked(Collection<TopicPartition> revoked) {
        var fewer = new TreeSet<>(partitions);
        revoked.forEach(partition -> fewer.remove(partition.partition()));
        partitions = Set.copyOf(fewer);
    }

    /**
     * No bean, since Spring Boot gives the only one of this type to the listeners of all topics.
     *
     * @param work which needs the containers while it is made
     */
    private record AssignedQueues(ObjectProvider<DeliveryWork> work) implements ConsumerAwareRebalanceListener {

        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            work.getObject().assigned(partitions);
        }

        @Override
        public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            work.getObject().revoked(partitions);
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            work.getObject().revoked(partitions);
        }
    }

    /** Makes the containers that run the listener. */
    @Configuration(proxyBeanMethods = false)
    static class DeliveryWorkContainers {

        /** Of this service alone, so no part of the contract. */
        @Bean
        NewTopics notificationDeliveriesTopic(NotificationProperties properties) {
            return new NewTopics(new NewTopic(properties.deliveriesTopic(), DeliveryQueue.PARTITIONS, (short) -1)
                    .configs(Map.of(
                            TopicConfig.RETENTION_MS_CONFIG,
                            Long.toString(Duration.ofHours(1).toMillis()))));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> notificationDeliveriesFactory(
                ListenerFactories factories, ObjectProvider<DeliveryWork> work) {
            var factory = factories.ofBatches(100);
            factory.getContainerProperties().setConsumerRebalanceListener(new AssignedQueues(work));
            return factory;
        }
    }
}
