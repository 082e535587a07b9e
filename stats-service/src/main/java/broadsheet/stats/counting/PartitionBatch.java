package broadsheet.stats.counting;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.stats.position.PartitionPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One partition's part of a batch, classified in memory.
 *
 * @param views those to be counted
 * @param unreadable the records among them that hold no event
 * @param advances whether the position is to be stored: not while a partition is only remembering
 * @param end the partition's position once all of them are counted
 */
record PartitionBatch(
        List<ClassifiedView> views, List<UnreadableRecord> unreadable, boolean advances, PartitionPosition end) {

    /** @param hasEarlierCopy whether a record is of a resent event that stands in the log before */
    static PartitionBatch classify(
            AssignedPartition partition,
            List<ConsumerRecord<String, byte[]>> records,
            Predicate<ConsumerRecord<String, byte[]>> hasEarlierCopy) {
        List<ClassifiedView> views = new ArrayList<>();
        List<UnreadableRecord> unreadable = new ArrayList<>();
        boolean advances = false;
        ViewClassifier classifier = partition.classifier();
        for (var record : records) {
            boolean counts = partition.counts(record);
            ClassifiedView view;
            try {
                Envelope<?> event = read(partition, record);
                view = classifier.classify(record, event, () -> counts && hasEarlierCopy.test(record));
            } catch (UnreadableEventException e) {
                view = classifier.classifyUnreadable(record);
                if (counts) {
                    unreadable.add(UnreadableRecord.of(record, e));
                }
            }
            if (counts) {
                partition.uncounted(view).ifPresent(views::add);
                advances = true;
            }
            partition.advancePast(record);
        }
        return new PartitionBatch(views, unreadable, advances, partition.position());
    }

    private static Envelope<?> read(AssignedPartition partition, ConsumerRecord<String, byte[]> record) {
        if (partition.couldNotRead(record)) {
            throw new UnreadableEventException("Could not be read when it was counted first");
        }
        return EventCodec.decode(record);
    }
}
