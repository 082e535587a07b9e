package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A partition that this instance reads, and how far it is. */
final class AssignedPartition {

    private static final PlaceSet NONE = PlaceSet.of();

    private final String key;
    private final Place resume;
    private final ViewClassifier classifier;
    private final @Nullable CopiedViews copied;
    private PlaceSet unreadable;
    private Place next;
    private long askedAgain = -1;

    /**
     * A partition from a position on.
     *
     * @param key as fences name the partition
     * @param start the first record that is read
     * @param resume the place of the first one that is not counted yet; those before it are only remembered
     * @param copied the views that the generation has copies of; null where there are none
     * @param unreadable places of those that could not be read when they were read first
     */
    AssignedPartition(
            String key,
            long start,
            Place resume,
            StatsProperties properties,
            ViewRules rules,
            @Nullable CopiedViews copied,
            PlaceSet unreadable) {
        this.key = key;
        this.unreadable = unreadable;
        this.resume = resume;
        this.copied = copied;
        this.next = new Place(Place.NO_EPOCH, start);
        this.classifier = new ViewClassifier(key, properties, rules);
    }

    ViewClassifier classifier() {
        return classifier;
    }

    /** Whether the record was read before: the consumer was moved by something else. */
    boolean hasRead(ConsumerRecord<?, ?> record) {
        return record.offset() < next.offset();
    }

    /** The offset of the next record, if there is one; its epoch is that of the one before it. */
    Place next() {
        return next;
    }

    boolean skipsTo(ConsumerRecord<?, ?> record) {
        return record.offset() > next.offset();
    }

    /**
     * Whether records may be missing before this one, because the consumer was moved by something else. True only once for
     * each gap: the marker of a transaction is an offset without a record.
     */
    boolean asksAgainBefore(ConsumerRecord<?, ?> record) {
        boolean again = skipsTo(record) && askedAgain != next.offset();
        askedAgain = next.offset();
        return again;
    }

    /** Whether the record could not be read when it was read first, whether or not it can be read now. */
    boolean couldNotRead(ConsumerRecord<?, ?> record) {
        return unreadable.contains(Place.of(record));
    }

    /** Whether the record is to be counted, not only remembered. */
    boolean counts(ConsumerRecord<?, ?> record) {
        return !resume.isAfter(Place.of(record));
    }

    /** What of a view is not counted yet; empty where its generation has copies of all that counted it. */
    Optional<ClassifiedView> uncounted(ClassifiedView view) {
        return copied == null ? Optional.of(view) : copied.without(view);
    }

    void advancePast(ConsumerRecord<?, ?> record) {
        next = new Place(Place.of(record).epoch(), record.offset() + 1);
        if (next.offset() > unreadable.lastOffset()) {
            unreadable = NONE;
        }
    }

    PartitionPosition position() {
        return new PartitionPosition(key, next, classifier.clock());
    }
}
