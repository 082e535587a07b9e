package broadsheet.notification.delivery.sending;

import broadsheet.kafka.ListenerFactories;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.delivery.QueueNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Spreads the sending over the instances by a topic that says only that there is something to send: whoever has a
 * partition of it sends from the queues of that number. A word that is lost costs a second, since whoever sends also looks
 * by itself.
 */
@Component
public class QueueWakeUps {

    private static final byte[] NOTHING = {};

    private final KafkaTemplate<String, byte[]> kafka;
    private final AssignedQueues partitions;
    private final String topic;

    QueueWakeUps(KafkaTemplate<String, byte[]> kafka, AssignedQueues partitions, NotificationProperties properties) {
        this.kafka = kafka;
        this.partitions = partitions;
        this.topic = properties.deliveriesTopic();
    }

    public String getTopic() {
        return topic;
    }

    /** Tells all instances to look. Waits for Kafka as long as its producer does. */
    public void send() {
        try {
            for (int partition = 0; partition < QueueNames.PARTITIONS; partition++) {
                kafka.send(new ProducerRecord<>(topic, partition, null, NOTHING))
                        .exceptionally(lost -> null);
            }
        } catch (KafkaException e) {
            partitions.wakeUp(); // Kafka is away; the others look by themselves
        }
    }

    @KafkaListener(
            id = "notification-deliveries",
            groupId = "notification-service-deliveries",
            topics = "#{__listener.topic}",
            containerFactory = "notificationDeliveriesFactory")
    void look(List<ConsumerRecord<String, byte[]>> wakeUps) {
        partitions.wakeUp();
    }

    /** Makes the containers that run the listener. */
    @Configuration(proxyBeanMethods = false)
    static class QueueWakeUpContainers {

        /** Of this service alone, so no part of the contract. */
        @Bean
        NewTopics notificationDeliveriesTopic(NotificationProperties properties) {
            return new NewTopics(new NewTopic(properties.deliveriesTopic(), QueueNames.PARTITIONS, (short) -1)
                    .configs(Map.of(
                            TopicConfig.RETENTION_MS_CONFIG,
                            Long.toString(Duration.ofHours(1).toMillis()))));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> notificationDeliveriesFactory(
                ListenerFactories factories, AssignedQueues partitions) {
            var factory = factories.ofBatches(100);
            factory.getContainerProperties().setConsumerRebalanceListener(partitions.rebalanceListener());
            return factory;
        }
    }
}
