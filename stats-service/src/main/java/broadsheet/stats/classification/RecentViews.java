package broadsheet.stats.classification;

import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last views of one partition, to know duplicates and double clicks by.
 *
 * <p>What it answers depends on nothing but the records it was shown, so whoever reads them again gets the same answers.
 * Records leave it by the partition's own clock, which is the highest record timestamp so far, in slices that begin at
 * multiples of a quarter of the memory: what is in it at a position is found again by reading from the first record whose
 * timestamp is at least {@link #horizon}. Whether a slice is still there depends on what came since it began alone.
 *
 * <p>Ids and visitors are kept as 64-bit hashes, a view in 24 bytes. Of more views than the capacity the older ids are
 * forgotten, of half of it those openings that are older than twice the double-click time, of four times of it the others.
 */
final class RecentViews {

    private static final int SLICES_OF_MEMORY = 4;
    private static final int SLICES_OF_CAPACITY = 8;

    private final long memory;
    private final long doubleClick;
    private final long capacity;
    private final int sliceCapacity;

    private final Deque<RememberedSlice> newestFirst = new ArrayDeque<>();
    private long clock;
    private long idsForgottenTo = -1;
    private long openingsForgottenTo = -1;

    RecentViews(Duration memory, Duration doubleClick, int capacity) {
        this.memory = memory.toMillis();
        this.doubleClick = doubleClick.toMillis();
        this.capacity = capacity;
        this.sliceCapacity = Math.max(1, capacity / SLICES_OF_CAPACITY);
    }

    /** The lowest timestamp of a record that is remembered when a partition's clock shows this, in milliseconds. */
    static long horizon(long clock, Duration memory) {
        return slice(clock - memory.toMillis(), memory.toMillis()) * length(memory.toMillis());
    }

    /** To be called first for every record, whatever it holds: time passes, and what is old is forgotten. */
    void advanceTo(long timestamp) {
        clock = Math.max(clock, timestamp);
        long oldest = slice(clock - memory, memory);
        while (!newestFirst.isEmpty() && newestFirst.getLast().number() < oldest) {
            newestFirst.removeLast();
        }
    }

    /** The highest timestamp so far, in milliseconds; 0 before there is one. */
    long clock() {
        return clock;
    }

    /** Whether more views came than can be remembered, so that a duplicate or a double click might not be known. */
    boolean isCutShort() {
        return idsForgottenTo >= clock - memory || openingsForgottenTo >= clock - doubleClick;
    }

    /** Whether every event that was received at this time or later, and was shown, is known. */
    boolean remembersIdsFrom(Instant receivedAt) {
        long time = receivedAt.toEpochMilli();
        return time >= clock - memory && time > idsForgottenTo;
    }

    boolean hasSeen(String eventId) {
        long id = hash(eventId);
        for (RememberedSlice slice : newestFirst) {
            if (slice.hasSeen(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this visitor opened this article within the double-click time before or after. */
    boolean hasOpened(String articleId, String visitorKey, Instant at) {
        long visit = visit(articleId, visitorKey);
        long millis = at.toEpochMilli();
        for (RememberedSlice slice : newestFirst) {
            if (slice.hasOpened(visit, millis)) {
                return true;
            }
        }
        return false;
    }

    void remember(String eventId) {
        current().remember(hash(eventId), clock);
    }

    /** Also the opening, which every further one within the double-click time is measured against. */
    void remember(String eventId, String articleId, String visitorKey, Instant at) {
        remember(eventId);
        newestFirst.getFirst().rememberOpening(visit(articleId, visitorKey), at.toEpochMilli());
    }

    private RememberedSlice current() {
        long number = slice(clock, memory);
        RememberedSlice newest = newestFirst.peekFirst();
        if (newest != null && newest.number() == number && newest.views() < sliceCapacity) {
            return newest;
        }
        if (newest != null) {
            newest.trim();
            makeRoom();
        }
        var next = new RememberedSlice(number, doubleClick);
        newestFirst.addFirst(next);
        return next;
    }

    private void makeRoom() {
        long views = sliceCapacity;
        for (RememberedSlice slice : newestFirst) {
            views += slice.views();
            if (views > capacity) {
                slice.forgetIds();
                idsForgottenTo = Math.max(idsForgottenTo, slice.lastClock());
            }
            boolean old = slice.lastClock() < clock - 2 * doubleClick;
            if (views > (old ? capacity / 2 : 4 * capacity)) {
                slice.forgetOpenings();
                openingsForgottenTo = Math.max(openingsForgottenTo, slice.lastClock());
            }
        }
    }

    private static long slice(long time, long memory) {
        return Math.floorDiv(time, length(memory));
    }

    private static long length(long memory) {
        return Math.max(1, memory / SLICES_OF_MEMORY);
    }

    private static long visit(String articleId, String visitorKey) {
        return Hashing.komihash5_0().hashLongLongToLong(hash(articleId), hash(visitorKey));
    }

    private static long hash(String text) {
        return Hashing.komihash5_0().hashCharsToLong(text);
    }
}
