package broadsheet.stats.counting;

import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the records again that were dead letters, and tells which of them this release can read. */
final class LetterOriginals {

    /** Fewer records between two of them are read too, since a seek asks the broker anew. */
    private static final int NEAR = 5_000;

    private final Consumer<String, byte[]> consumer;
    private final Duration timeLimit;

    LetterOriginals(Consumer<String, byte[]> consumer, Duration timeLimit) {
        this.consumer = consumer;
        this.timeLimit = timeLimit;
    }

    /** The offsets of those that are events; of what retention has deleted nothing is known. */
    Set<Long> readable(TopicPartition partition, Collection<Long> offsets) {
        consumer.assign(List.of(partition));
        NavigableSet<Long> open = new TreeSet<>(offsets);
        open.headSet(consumer.beginningOffsets(List.of(partition), timeLimit).getOrDefault(partition, 0L))
                .clear();
        open.tailSet(consumer.endOffsets(List.of(partition), timeLimit).getOrDefault(partition, 0L))
                .clear();
        Set<Long> readable = new HashSet<>();
        long position = Long.MIN_VALUE;
        while (!open.isEmpty()) {
            if (position < open.first() - NEAR) {
                position = open.first();
                consumer.seek(partition, position);
            }
            for (var record : consumer.poll(timeLimit).records(partition)) {
                if (open.contains(record.offset()) && isEvent(record)) {
                    readable.add(record.offset());
                }
            }
            long next = consumer.position(partition, timeLimit);
            if (next == position) {
                throw new TimeoutException(partition + " cannot be read at " + position);
            }
            position = next;
            open.headSet(position).clear();
        }
        return readable;
    }

    private static boolean isEvent(ConsumerRecord<String, byte[]> record) {
        try {
            EventCodec.decode(record);
            return true;
        } catch (UnreadableEventException e) {
            return false;
        }
    }
}
