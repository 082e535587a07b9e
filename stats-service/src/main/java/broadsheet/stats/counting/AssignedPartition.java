package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.position.PartitionPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A partition that this instance reads, and how far it is. */
final class AssignedPartition {

    private final String key;
    private final long resume;
    private final ViewClassifier classifier;
    private long next;

    /**
     * A partition from a position on.
     *
     * @param key as fences name the partition
     * @param start the first record that is read
     * @param resume the first one that is not counted yet; those before it are only remembered
     */
    AssignedPartition(String key, long start, long resume, StatsProperties properties) {
        this.key = key;
        this.resume = resume;
        this.next = start;
        this.classifier = new ViewClassifier(key, properties, ViewRules.current(properties));
    }

    ViewClassifier classifier() {
        return classifier;
    }

    /** Whether the record was read before: the consumer was moved by something else. */
    boolean hasRead(ConsumerRecord<?, ?> record) {
        return record.offset() < next;
    }

    /** Whether the record is to be counted, not only remembered. */
    boolean counts(ConsumerRecord<?, ?> record) {
        return record.offset() >= resume;
    }

    void advancePast(ConsumerRecord<?, ?> record) {
        next = record.offset() + 1;
    }

    PartitionPosition position() {
        return new PartitionPosition(key, next, classifier.clock());
    }
}
