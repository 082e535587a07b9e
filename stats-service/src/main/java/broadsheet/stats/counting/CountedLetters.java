package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import broadsheet.events.ArticleViewed;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.stats.deadletter.CountedOriginals;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.kafka.ReplayedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Tells of dead letters that were sent again whether a generation has counted them where they stood first: by then its
 * release could read them. The generation's own notes say so, since what a release can read it does not know of others.
 */
class CountedLetters {

    private final UnreadableRecords unreadable;
    private final @Nullable Instant copiedBefore;
    private final Duration timeLimit;

    /** @param copiedBefore midnight in UTC: the days before it are copies of another generation's; null where none are */
    CountedLetters(UnreadableRecords unreadable, @Nullable Instant copiedBefore, Duration timeLimit) {
        this.unreadable = unreadable;
        this.copiedBefore = copiedBefore;
        this.timeLimit = timeLimit;
    }

    /**
     * Whether a record that was a letter is counted already; the store is asked when that is first asked of one, for all of
     * the batch. Of a letter from another partition that is not known: it is not.
     */
    Predicate<ConsumerRecord<String, byte[]>> among(
            AssignedPartition partition, List<ConsumerRecord<String, byte[]>> batch) {
        SingletonSupplier<CountedOriginals> counted = SingletonSupplier.of(() -> counted(partition, batch));
        return record -> ReplayedRecord.all(record).stream()
                .filter(letter -> letter.standsBefore(record))
                .anyMatch(letter -> counted.obtain().include(letter.offset(), isOfCopiedDay(partition, record)));
    }

    private CountedOriginals counted(AssignedPartition partition, List<ConsumerRecord<String, byte[]>> batch) {
        Set<Long> offsets = batch.stream()
                .flatMap(record -> ReplayedRecord.all(record).stream())
                .map(ReplayedRecord::offset)
                .collect(toSet());
        Set<Long> unreadableHere = batch.stream()
                .filter(record -> offsets.contains(record.offset()) && !isEvent(record))
                .map(ConsumerRecord::offset)
                .collect(toSet());
        return requireNonNull(unreadable
                .counted(partition.position().partition(), offsets)
                .map(counted -> counted.without(unreadableHere))
                .block(timeLimit));
    }

    private static boolean isEvent(ConsumerRecord<String, byte[]> record) {
        try {
            EventCodec.decode(record);
            return true;
        } catch (UnreadableEventException e) {
            return false;
        }
    }

    private boolean isOfCopiedDay(AssignedPartition partition, ConsumerRecord<String, byte[]> record) {
        return copiedBefore != null
                && EventCodec.decode(record).event() instanceof ArticleViewed view
                && partition.classifier().countedAt(view).isBefore(copiedBefore);
    }
}
