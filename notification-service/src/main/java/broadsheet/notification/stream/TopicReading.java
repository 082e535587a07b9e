package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic as it is now, until it is another one, has more partitions, or the service stops. */
final class TopicReading {

    private static final Logger log = LoggerFactory.getLogger(TopicReading.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final Consumer<String, byte[]> consumer;
    private final RecordReading reading;
    private final NotificationBroadcast broadcast;
    private final NotificationProperties settings;
    private final BooleanSupplier running;

    TopicReading(
            Admin admin,
            Consumer<String, byte[]> consumer,
            RecordReading reading,
            NotificationBroadcast broadcast,
            NotificationProperties settings,
            BooleanSupplier running) {
        this.admin = admin;
        this.consumer = consumer;
        this.reading = reading;
        this.broadcast = broadcast;
        this.settings = settings;
        this.running = running;
    }

    void read() {
        var topic = ArticlesTopic.of(admin, settings.topic());
        consumer.assign(topic.partitions());
        var begin = consumer.beginningOffsets(topic.partitions());
        var end = consumer.endOffsets(topic.partitions());
        Position head = broadcast.head(topic.id());
        if (head != null && isWithin(head, end)) {
            seek(begin, head);
        } else {
            begin(topic, begin, end);
        }
        log.info("Reading {} of {} partitions, id {}", settings.topic(), end.size(), topic.id());
        follow(topic);
    }

    /** An end before what was read already: the log was cut off, and offsets mean something else now. */
    private static boolean isWithin(Position head, Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(last -> head.next(last.getKey().partition()) <= last.getValue());
    }

    private void seek(Map<TopicPartition, Long> begin, Position position) {
        begin.forEach(
                (partition, first) -> consumer.seek(partition, Math.max(first, position.next(partition.partition()))));
    }

    private void begin(ArticlesTopic topic, Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end) {
        int back = Math.max(1, settings.stream().history() / end.size());
        Position start = new Position(topic.id(), List.of(), Instant.EPOCH);
        boolean cut = false;
        for (var last : end.entrySet()) {
            long earliest = begin.getOrDefault(last.getKey(), 0L);
            long first = Math.max(earliest, last.getValue() - back);
            start = start.at(last.getKey().partition(), first);
            cut |= first > earliest;
        }
        seek(begin, start);
        List<Received> history = upTo(end);
        if (running.getAsBoolean()) {
            broadcast.open(cut && !history.isEmpty() ? start.asOf(history.get(0).time()) : start, history);
        }
    }

    private List<Received> upTo(Map<TopicPartition, Long> end) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        while (running.getAsBoolean()
                && end.entrySet().stream().anyMatch(last -> consumer.position(last.getKey()) < last.getValue())) {
            consumer.poll(POLL).forEach(records::add);
        }
        return reading.inOrder(records);
    }

    private void follow(ArticlesTopic topic) {
        long refresh = settings.stream().refresh().toNanos();
        long looked = System.nanoTime();
        KafkaFuture<ArticlesTopic> now = KafkaFuture.completedFuture(topic);
        while (running.getAsBoolean() && isStill(topic, now)) {
            broadcast.publish(reading.inOrder(consumer.poll(POLL)));
            if (now.isDone() && System.nanoTime() - looked > refresh) {
                looked = System.nanoTime();
                now = ArticlesTopic.described(admin, settings.topic());
            }
        }
    }

    /** While Kafka does not answer, nothing says otherwise; where it says that there is no such topic, it was deleted. */
    private static boolean isStill(ArticlesTopic topic, KafkaFuture<ArticlesTopic> now) {
        if (!now.isDone()) {
            return true;
        }
        try {
            return topic.equals(ArticlesTopic.get(now));
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (KafkaException e) {
            return true;
        }
    }
}
