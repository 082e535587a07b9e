package broadsheet.article.sending;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an entry in a {@link SpoolFile}: a head of fixed length, then the event. State and attempts are written
 * over in place, which needs no space on a full disk; the checksum covers what never changes. What is redated is pending
 * as well, and counts as received at its first attempt.
 */
final class SpoolEntry {

    static final int HEAD = 40;

    static final int PENDING = 0;
    static final int SENT = 1;
    static final int SET_ASIDE = 2;
    static final int REDATED = 3;

    private static final int MARK = 0x56494557;
    private static final int LENGTH_AT = 4;
    private static final int CHECKSUM_AT = 8;
    private static final int STATE_AT = 12;
    private static final int SPOOLED_AT = 16;
    private static final int FIRST_ATTEMPT_AT = 24;
    private static final int LAST_ATTEMPT_AT = 32;

    private SpoolEntry() {}

    static byte[] toBytes(SpooledEvent spooled) {
        byte[] event = SpooledEvent.toBytes(spooled.event());
        Attempts attempts = spooled.attempts();
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + event.length)
                .putInt(MARK)
                .putInt(event.length)
                .putInt(0)
                .putInt(PENDING)
                .putLong(spooled.spooledAt().toEpochMilli())
                .putLong(attempts == null ? 0 : attempts.first().toEpochMilli())
                .putLong(attempts == null ? 0 : attempts.last().toEpochMilli())
                .put(event);
        return bytes.putInt(CHECKSUM_AT, checksum(bytes, 0, event.length)).array();
    }

    /** Whether an entry begins here that ends within these bytes. */
    static boolean isAt(ByteBuffer file, int place) {
        return file.limit() - place >= HEAD
                && file.getInt(place) == MARK
                && file.getInt(place + LENGTH_AT) >= 0
                && file.getInt(place + LENGTH_AT) <= file.limit() - place - HEAD;
    }

    static int length(ByteBuffer file, int place) {
        return HEAD + file.getInt(place + LENGTH_AT);
    }

    static boolean isPending(ByteBuffer file, int place) {
        return file.getInt(place + STATE_AT) == PENDING || isRedated(file, place);
    }

    static boolean isSetAside(ByteBuffer file, int place) {
        return file.getInt(place + STATE_AT) == SET_ASIDE;
    }

    private static boolean isRedated(ByteBuffer file, int place) {
        return file.getInt(place + STATE_AT) == REDATED;
    }

    /** The event; empty where its bytes are damaged or are none. */
    static Optional<SpooledEvent> read(ByteBuffer file, int place) {
        int length = file.getInt(place + LENGTH_AT);
        if (file.getInt(place + CHECKSUM_AT) != checksum(file, place, length)) {
            return Optional.empty();
        }
        var event = new byte[length];
        file.get(place + HEAD, event);
        try {
            return Optional.of(new SpooledEvent(
                    SpooledEvent.eventOf(event),
                    instant(file.getLong(place + SPOOLED_AT)),
                    attempts(file, place),
                    isRedated(file, place)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    static Write state(long place, int state) {
        return new Write(
                place + STATE_AT,
                ByteBuffer.allocate(Integer.BYTES).putInt(state).flip());
    }

    static Write attempts(long place, Attempts attempts) {
        return new Write(
                place + FIRST_ATTEMPT_AT,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(attempts.first().toEpochMilli())
                        .putLong(attempts.last().toEpochMilli())
                        .flip());
    }

    /** Bytes to write over in a file. */
    record Write(long place, ByteBuffer bytes) {}

    private static @Nullable Attempts attempts(ByteBuffer file, int place) {
        long first = file.getLong(place + FIRST_ATTEMPT_AT);
        return first == 0
                ? null
                : new Attempts(instant(first), instant(Math.max(first, file.getLong(place + LAST_ATTEMPT_AT))));
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static int checksum(ByteBuffer file, int place, int length) {
        var checksum = new CRC32C();
        checksum.update(file.slice(place + SPOOLED_AT, Long.BYTES));
        checksum.update(file.slice(place + HEAD, length));
        return (int) checksum.getValue();
    }
}
