package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Looks up in the log itself whether an event that was sent again stands there before; for events that are older than
 * what is remembered. What the topic's retention has deleted is not found.
 */
@Component
class EarlierCopies {

    private static final Logger log = LoggerFactory.getLogger(EarlierCopies.class);

    private final ConsumerFactory<String, byte[]> consumers;
    private final StatsProperties properties;

    EarlierCopies(ConsumerFactory<String, byte[]> consumers, StatsProperties properties) {
        this.consumers = consumers;
        this.properties = properties;
    }

    /**
     * Whether a record is of a resent event that stands in the log before; the log is read when that is first asked of
     * one, for all of the batch. Throws where it cannot be read.
     *
     * @param batch records of one partition in their order
     */
    Predicate<ConsumerRecord<String, byte[]>> among(List<ConsumerRecord<String, byte[]>> batch) {
        SingletonSupplier<Set<Long>> found = SingletonSupplier.of(() -> find(batch));
        return record -> ResentEvent.isResent(record) && found.obtain().contains(record.offset());
    }

    private Set<Long> find(List<ConsumerRecord<String, byte[]>> batch) {
        List<ResentEvent> events =
                batch.stream().map(ResentEvent::of).flatMap(Optional::stream).toList();
        if (events.isEmpty()) {
            return Set.of();
        }
        var search = new EarlierCopySearch(events);
        var partition = new TopicPartition(batch.get(0).topic(), batch.get(0).partition());
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(
                null, "stats-earlier-copies", Integer.toString(partition.partition()), readingMuch())) {
            consumer.assign(List.of(partition));
            var first = consumer.offsetsForTimes(Map.of(partition, search.from()), properties.timeLimit())
                    .get(partition);
            if (first != null) {
                consumer.seek(partition, first.offset());
                read(consumer, partition, search);
            }
        }
        log.info(
                "{}: {} of {} resent events stand in the log before",
                partition,
                search.found().size(),
                events.size());
        return search.found();
    }

    private void read(Consumer<String, byte[]> consumer, TopicPartition partition, EarlierCopySearch search) {
        long position = consumer.position(partition, properties.timeLimit());
        while (position < search.end()) {
            ConsumerRecords<String, byte[]> records = consumer.poll(properties.timeLimit());
            records.forEach(search::see);
            long next = consumer.position(partition, properties.timeLimit());
            if (next == position) {
                throw new TimeoutException(partition + " cannot be read at " + position);
            }
            position = next;
        }
    }

    private static Properties readingMuch() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        return properties;
    }
}
