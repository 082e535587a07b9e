package broadsheet.stats.counting;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.stats.position.Position;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of a batch, decided in memory.
 *
 * @param decided what is to be counted; nothing while a partition is only remembering
 * @param unreadable those among it that are no events
 * @param reached where the partition is once all that is counted
 */
record Fold(List<Decided> decided, List<Unreadable> unreadable, Position reached) {

    record Unreadable(ConsumerRecord<String, byte[]> record, String reason) {}

    static Fold of(CountedPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        List<Decided> decided = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (var record : records) {
            boolean counts = partition.counts(record);
            Decided outcome = partition.decide(record, event(record, counts ? unreadable : new ArrayList<>()));
            if (counts) {
                decided.add(outcome);
            }
        }
        return new Fold(decided, unreadable, partition.position());
    }

    private static @Nullable Envelope<?> event(ConsumerRecord<String, byte[]> record, List<Unreadable> unreadable) {
        try {
            return EventCodec.decode(record);
        } catch (UnreadableEventException e) {
            unreadable.add(new Unreadable(record, String.valueOf(e.getMessage())));
            return null;
        }
    }
}
