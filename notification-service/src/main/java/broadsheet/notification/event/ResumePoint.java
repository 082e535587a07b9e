package broadsheet.notification.event;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.kafka.common.Uuid;

/** Where a reader goes on: an SSE id, the cursor of a list or the id of an event, the same on every instance. */
public sealed interface ResumePoint {

    /** When the newest event before it was written. */
    Instant asOf();

    /** The encoded offsets; a moment has the topic id zero and none, an event is its own id. */
    String encode();

    /**
     * The point that a text encodes, or that lies behind the event with that id.
     *
     * @throws IllegalArgumentException where the text is not what {@link #encode()} made
     */
    static ResumePoint decode(String text) {
        return AfterEvent.isId(text) ? new AfterEvent(text) : Encoding.decode(text);
    }

    /** The offsets up to which a topic has been read. */
    record AtOffsets(TopicOffsets offsets) implements ResumePoint {

        @Override
        public Instant asOf() {
            return offsets.asOf();
        }

        @Override
        public String encode() {
            return Encoding.encode(offsets.topicId(), offsets.next(), offsets.asOf());
        }
    }

    /** A moment, for those who connected before Kafka could be reached. */
    record AtMoment(Instant asOf) implements ResumePoint {

        public AtMoment {
            asOf = Instant.ofEpochMilli(asOf.toEpochMilli());
        }

        @Override
        public String encode() {
            return Encoding.encode(Uuid.ZERO_UUID, List.of(), asOf);
        }
    }

    /** Behind an event, for those who got it by a webhook; a UUIDv7 says when it was made. */
    record AfterEvent(String id) implements ResumePoint {

        private static final Pattern UUID_V7 =
                Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

        private static boolean isId(String text) {
            return UUID_V7.matcher(text).matches();
        }

        @Override
        public Instant asOf() {
            return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
        }

        @Override
        public String encode() {
            return id;
        }
    }

    /** Base64 of: version, topic id, then the time, the number of partitions and the offsets as variable-length numbers. */
    final class Encoding {

        private static final byte VERSION = 1;
        private static final int MAX_PARTITIONS = 10_000;

        private Encoding() {}

        private static String encode(Uuid topicId, List<Long> next, Instant asOf) {
            ByteBuffer bytes = ByteBuffer.allocate(17 + 10 * (2 + next.size()));
            bytes.put(VERSION).putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
            LongStream.concat(
                            LongStream.of(asOf.toEpochMilli(), next.size()),
                            next.stream().mapToLong(Long::longValue))
                    .forEach(number -> write(bytes, number));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
        }

        private static ResumePoint decode(String text) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            try {
                if (bytes.get() != VERSION) {
                    throw new IllegalArgumentException("Unknown version of an id");
                }
                Uuid topicId = new Uuid(bytes.getLong(), bytes.getLong());
                Instant asOf = Instant.ofEpochMilli(read(bytes));
                long partitions = read(bytes);
                if (partitions < 0 || partitions > MAX_PARTITIONS) {
                    throw new IllegalArgumentException("An id with " + partitions + " partitions");
                }
                List<Long> next = LongStream.range(0, partitions)
                        .mapToObj(partition -> read(bytes))
                        .toList();
                if (bytes.hasRemaining()) {
                    throw new IllegalArgumentException("An id with something behind it");
                }
                var offsets = new TopicOffsets(topicId, next, asOf);
                return topicId.equals(Uuid.ZERO_UUID) && next.isEmpty() ? new AtMoment(asOf) : new AtOffsets(offsets);
            } catch (BufferUnderflowException e) {
                throw new IllegalArgumentException("An id that is cut off", e);
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
            throw new IllegalArgumentException("A number in an id is too large");
        }
    }
}
