package broadsheet.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/** All partitions that a topic had at a time, read by one listener container that starts and stops once. */
final class TopicPartitionsReader {

    private static final Logger log = LoggerFactory.getLogger(TopicPartitionsReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Uuid topicId;
    private final Map<TopicPartition, Long> next;
    private final Map<TopicPartition, Long> endsToReach;
    private final RecordDispatcher handOver;
    private final Runnable onOffsetsLost;
    private volatile boolean caughtUp;
    private volatile boolean failed;
    private @Nullable KafkaMessageListenerContainer<String, byte[]> container;

    TopicPartitionsReader(
            Uuid topicId,
            Map<TopicPartition, Long> next,
            Map<TopicPartition, Long> endsToReach,
            RecordDispatcher handOver,
            Runnable onOffsetsLost) {
        this.topicId = topicId;
        this.next = new ConcurrentHashMap<>(next);
        this.endsToReach = new HashMap<>(endsToReach);
        this.handOver = handOver;
        this.onOffsetsLost = onOffsetsLost;
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    boolean isReading(Uuid topic, Collection<TopicPartition> partitions) {
        return container != null
                && container.isRunning()
                && !failed
                && topicId.equals(topic)
                && next.keySet().equals(Set.copyOf(partitions));
    }

    /**
     * Not where the log was cut off: offsets mean something else now. Its end lies before what was read already, or Kafka has
     * said so, as by now it may have grown beyond that again.
     */
    boolean canGoOn(Uuid topic, Map<TopicPartition, Long> ends) {
        return !failed
                && topicId.equals(topic)
                && ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) <= end.getValue());
    }

    /** The same topic from where this stopped; a partition that is new from its start. */
    TopicPartitionsReader goOn(Map<TopicPartition, Long> starts) {
        var places = new HashMap<TopicPartition, Long>();
        starts.forEach((partition, start) -> places.put(partition, Math.max(start, next.getOrDefault(partition, 0L))));
        var more = new TopicPartitionsReader(topicId, places, endsToReach, handOver, onOffsetsLost);
        more.caughtUp = caughtUp;
        return more;
    }

    @SuppressWarnings("unchecked")
    void start(ConsumerFactory<?, ?> consumers) {
        var offsets = next.entrySet().stream()
                .map(place -> new TopicPartitionOffset(
                        place.getKey().topic(), place.getKey().partition(), place.getValue()))
                .toArray(TopicPartitionOffset[]::new);
        var properties = new ContainerProperties(offsets);
        properties.setKafkaConsumerProperties(consumerProperties());
        properties.setAckMode(AckMode.MANUAL); // and nobody acknowledges: there is no group to commit for
        properties.setPollTimeout(POLL.toMillis());
        properties.setIdleEventInterval(POLL.toMillis());
        properties.setMessageListener((BatchConsumerAwareMessageListener<String, byte[]>) this::onRecords);
        var started = new KafkaMessageListenerContainer<>((ConsumerFactory<String, byte[]>) consumers, properties);
        started.setBeanName("reader of " + offsets[0].getTopic());
        started.setCommonErrorHandler(new ReadFailures());
        started.setApplicationEventPublisher(event -> {
            if (event instanceof ListenerContainerIdleEvent idle) {
                lookWhetherCaughtUp(idle.getConsumer());
            }
        });
        container = started;
        started.start();
    }

    private static Properties consumerProperties() {
        var properties = new Properties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIME_LIMIT.toMillis()));
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return properties;
    }

    /** Ends when the listener has done with the record it has. */
    void stop() {
        if (container != null) {
            container.stop();
        }
    }

    private void onRecords(List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        for (var record : RecordOrder.byTime(records, ConsumerRecord::partition, ConsumerRecord::timestamp)) {
            if (caughtUp) {
                handOver.giveInTrace(record);
            } else {
                handOver.give(record); // what happened before this start is not traced again
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        lookWhetherCaughtUp(consumer);
    }

    private void lookWhetherCaughtUp(@Nullable Consumer<?, ?> consumer) {
        if (caughtUp || consumer == null) {
            return;
        }
        endsToReach.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (endsToReach.isEmpty()) {
            caughtUp = true;
            handOver.caughtUp();
        }
    }

    /** What fails in reading: a Kafka that is away is waited for by the consumer itself. */
    private final class ReadFailures implements CommonErrorHandler {

        @Override
        public void handleOtherException(
                Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer reader, boolean batch) {
            log.warn("Reading failed: {}", thrown.toString());
            if (thrown instanceof InvalidOffsetException) {
                failed = true;
                reader.stop(onOffsetsLost);
            }
        }
    }
}
