package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** A partition in memory, which can lose its end as one of Kafka's can, and consumers that notice as Kafka's do. */
final class SimulatedPartition {

    final TopicPartition name;
    final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private int epoch;

    SimulatedPartition(int number) {
        name = new TopicPartition("news.views", number);
    }

    void append(RandomViews views) {
        records.add(views.next(name.partition(), new Place(epoch, records.size())));
    }

    void loseEnd(int offset) {
        records.subList(offset, records.size()).clear();
        epoch += 2;
    }

    /** Of the next record. */
    Place end() {
        return new Place(epoch, records.size());
    }

    Extent extent() {
        return new Extent(0, records.size(), epoch);
    }

    Consumer consumer() {
        return new Consumer();
    }

    /** As {@link EarlierCopies} answers. */
    boolean holdsBefore(ConsumerRecord<String, byte[]> record) {
        return ResentEvent.of(record)
                .filter(event -> {
                    var search = new EarlierCopySearch(List.of(event));
                    records.stream()
                            .dropWhile(other -> other.timestamp() < search.from())
                            .takeWhile(other -> other.offset() < search.end())
                            .forEach(search::see);
                    return search.found().contains(record.offset());
                })
                .isPresent();
    }

    /** Where the records of that epoch, or of the ones before it, end. */
    private long endOf(int last) {
        return records.stream()
                .filter(record -> Place.of(record).epoch() <= last)
                .count();
    }

    final class Consumer extends MockConsumer<String, byte[]> {

        private static final int ANY = Integer.MAX_VALUE;

        private long next;
        private int epochBefore = ANY;

        private Consumer() {
            super("earliest");
        }

        List<ConsumerRecord<String, byte[]>> take(int most) {
            int from = (int) position(name, Duration.ZERO);
            int to = Math.min(records.size(), from + most);
            List<ConsumerRecord<String, byte[]>> taken = List.copyOf(records.subList(from, to));
            next = to;
            epochBefore = taken.isEmpty()
                    ? epochBefore
                    : Place.of(taken.get(taken.size() - 1)).epoch();
            return taken;
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeLimit) {
            next = next > records.size() && epochBefore == ANY ? 0 : Math.min(next, endOf(epochBefore));
            return next;
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            next = offset;
            epochBefore = ANY;
        }

        @Override
        public synchronized void seek(TopicPartition partition, OffsetAndMetadata to) {
            next = to.offset();
            epochBefore = to.leaderEpoch().orElse(ANY);
        }

        @Override
        public synchronized Set<TopicPartition> assignment() {
            return Set.of(name);
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            return Map.of(name, 0L);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            long from = requireNonNull(times.get(name));
            return records.stream()
                    .filter(record -> record.timestamp() >= from)
                    .findFirst()
                    .map(record -> Map.of(name, new OffsetAndTimestamp(record.offset(), record.timestamp())))
                    .orElse(Map.of());
        }
    }
}
