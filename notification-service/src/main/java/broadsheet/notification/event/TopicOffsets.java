package broadsheet.notification.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * How far a topic has been read: for every partition the offset that comes next.
 *
 * @param topicId a topic that was deleted and created again has another one
 * @param next by partition; a partition that is not in it did not exist, so all of it is still to come
 * @param asOf when the newest event before them was written
 */
public record TopicOffsets(Uuid topicId, List<Long> next, Instant asOf) {

    public TopicOffsets {
        next = List.copyOf(next);
        asOf = Instant.ofEpochMilli(asOf.toEpochMilli());
        if (asOf.toEpochMilli() < 0 || next.stream().anyMatch(offset -> offset < 0)) {
            throw new IllegalArgumentException("Neither the time nor an offset may be negative: " + next);
        }
    }

    static TopicOffsets of(Uuid topicId, Map<Integer, Long> next) {
        var offsets = new TopicOffsets(topicId, List.of(), Instant.EPOCH);
        for (var one : next.entrySet()) {
            offsets = offsets.at(one.getKey(), one.getValue());
        }
        return offsets;
    }

    long next(int partition) {
        return partition < next.size() ? next.get(partition) : 0;
    }

    /** The same, but with another next offset in one partition. */
    TopicOffsets at(int partition, long offset) {
        var moved = new ArrayList<>(next);
        while (moved.size() <= partition) {
            moved.add(0L);
        }
        moved.set(partition, offset);
        return new TopicOffsets(topicId, moved, asOf);
    }

    TopicOffsets asOf(Instant time) {
        return new TopicOffsets(topicId, next, time);
    }

    /** Is everything before the other offsets before these too? */
    boolean covers(TopicOffsets other) {
        for (int partition = 0; partition < other.next.size(); partition++) {
            if (next(partition) < other.next(partition)) {
                return false;
            }
        }
        return true;
    }

    /** The first offsets that cover both. */
    TopicOffsets upTo(TopicOffsets other) {
        return other.covers(this) ? other : combined(other, Math::max);
    }

    /** The last offsets that both cover. */
    TopicOffsets downTo(TopicOffsets other) {
        return combined(other, Math::min);
    }

    private TopicOffsets combined(TopicOffsets other, LongBinaryOperator choice) {
        int partitions = Math.max(next.size(), other.next.size());
        return new TopicOffsets(
                topicId,
                IntStream.range(0, partitions)
                        .mapToObj(partition -> choice.applyAsLong(next(partition), other.next(partition)))
                        .toList(),
                asOf.isAfter(other.asOf) ? asOf : other.asOf);
    }
}
