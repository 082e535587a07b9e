package broadsheet.notification.stream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.Uuid;

/**
 * How far a stream was read: for every partition the offset that comes next. It means the same on every instance, so any
 * of them can resume a client from it.
 *
 * @param topic the id of the Kafka topic; a topic that was deleted and made again has another one. Zero where Kafka has
 *     not been reached yet: such a position is a moment alone
 * @param next by partition; a partition that is not in it did not exist, so all of it is still to come
 * @param asOf when the newest event before it was written
 */
record Position(Uuid topic, List<Long> next, Instant asOf) {

    private static final byte VERSION = 1;
    private static final int MOST_PARTITIONS = 10_000;

    Position {
        next = List.copyOf(next);
        asOf = Instant.ofEpochMilli(asOf.toEpochMilli());
        if (asOf.toEpochMilli() < 0 || next.stream().anyMatch(offset -> offset < 0)) {
            throw new IllegalArgumentException("Neither the time nor an offset of a position is negative: " + next);
        }
    }

    /** Where someone is who began to wait before Kafka could be reached. */
    static Position moment(Instant asOf) {
        return new Position(Uuid.ZERO_UUID, List.of(), asOf);
    }

    boolean isMoment() {
        return topic.equals(Uuid.ZERO_UUID);
    }

    long next(int partition) {
        return partition < next.size() ? next.get(partition) : 0;
    }

    /** This position, but with another next offset in one partition. */
    Position at(int partition, long offset) {
        var moved = new ArrayList<>(next);
        while (moved.size() <= partition) {
            moved.add(0L);
        }
        moved.set(partition, offset);
        return new Position(topic, moved, asOf);
    }

    Position asOf(Instant time) {
        return new Position(topic, next, time);
    }

    /** Is everything before the other position before this one too? */
    boolean covers(Position other) {
        return IntStream.range(0, other.next.size()).allMatch(partition -> next(partition) >= other.next(partition));
    }

    /** The first position that covers both. */
    Position upTo(Position other) {
        return other.covers(this) ? other : combined(other, Math::max);
    }

    /** The last position that both cover. */
    Position downTo(Position other) {
        return combined(other, Math::min);
    }

    private Position combined(Position other, LongBinaryOperator choice) {
        int partitions = Math.max(next.size(), other.next.size());
        return new Position(
                topic,
                IntStream.range(0, partitions)
                        .mapToObj(partition -> choice.applyAsLong(next(partition), other.next(partition)))
                        .toList(),
                asOf.isAfter(other.asOf) ? asOf : other.asOf);
    }

    /** A short text for an SSE id or a cursor. */
    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(17 + 10 * (2 + next.size()));
        bytes.put(VERSION).putLong(topic.getMostSignificantBits()).putLong(topic.getLeastSignificantBits());
        LongStream.concat(
                        LongStream.of(asOf.toEpochMilli(), next.size()),
                        next.stream().mapToLong(Long::longValue))
                .forEach(number -> write(bytes, number));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /** @throws IllegalArgumentException where the text is not what {@link #encode()} made */
    static Position decode(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        try {
            if (bytes.get() != VERSION) {
                throw new IllegalArgumentException("Unknown version of a position");
            }
            Uuid topic = new Uuid(bytes.getLong(), bytes.getLong());
            Instant asOf = Instant.ofEpochMilli(read(bytes));
            long partitions = read(bytes);
            if (partitions < 0 || partitions > MOST_PARTITIONS) {
                throw new IllegalArgumentException("A position with " + partitions + " partitions");
            }
            List<Long> next = LongStream.range(0, partitions)
                    .mapToObj(partition -> read(bytes))
                    .toList();
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("A position with something behind it");
            }
            return new Position(topic, next, asOf);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("A position that is cut off", e);
        }
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes.put((byte) (rest | 0x80));
        }
        bytes.put((byte) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte part = bytes.get();
            number |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("A number in a position is too large");
    }
}
