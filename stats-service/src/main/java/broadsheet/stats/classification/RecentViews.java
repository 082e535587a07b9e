package broadsheet.stats.classification;

import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last views of one partition, to know duplicates and double clicks by.
 *
 * <p>What it answers depends on nothing but the records it was shown, so whoever reads them again gets the same answers.
 * Records leave it by the partition's own clock, which is the highest record timestamp so far: what is in it at a
 * position is found again by reading from the first record whose timestamp is at least the clock less the memory. Ids
 * and visitors are kept as 64-bit hashes.
 */
final class RecentViews {

    private final long memoryMillis;
    private final long doubleClickMillis;
    private final int capacity;

    private final Deque<Remembered> remembered = new ArrayDeque<>();
    private final Map<Long, Long> eventIds = new HashMap<>();
    private final Map<Long, Deque<Long>> openings = new HashMap<>();
    private long clock = Long.MIN_VALUE;
    private long sequence;

    RecentViews(Duration memory, Duration doubleClick, int capacity) {
        this.memoryMillis = memory.toMillis();
        this.doubleClickMillis = doubleClick.toMillis();
        this.capacity = capacity;
    }

    /** To be called first for every record, whatever it holds: time passes, and what is old is forgotten. */
    void advanceTo(long timestamp) {
        clock = Math.max(clock, timestamp);
        long horizon = clock - memoryMillis;
        while (!remembered.isEmpty() && remembered.getFirst().clock() < horizon) {
            forgetOldest();
        }
    }

    /** The highest timestamp so far. */
    long clock() {
        return clock;
    }

    boolean hasSeen(String eventId) {
        return eventIds.containsKey(hash(eventId));
    }

    /** Whether this visitor opened this article within the double-click time before or after. */
    boolean hasOpened(String articleId, String visitorKey, Instant at) {
        Deque<Long> times = openings.get(opening(articleId, visitorKey));
        if (times == null) {
            return false;
        }
        for (Iterator<Long> newestFirst = times.descendingIterator(); newestFirst.hasNext(); ) {
            if (Math.abs(newestFirst.next() - at.toEpochMilli()) <= doubleClickMillis) {
                return true;
            }
        }
        return false;
    }

    void remember(String eventId) {
        add(new Remembered(clock, sequence++, hash(eventId), null));
    }

    /** Also the opening, which every further one within the double-click time is measured against. */
    void remember(String eventId, String articleId, String visitorKey, Instant at) {
        long opening = opening(articleId, visitorKey);
        openings.computeIfAbsent(opening, none -> new ArrayDeque<>(1)).addLast(at.toEpochMilli());
        add(new Remembered(clock, sequence++, hash(eventId), opening));
    }

    private void add(Remembered view) {
        remembered.addLast(view);
        eventIds.put(view.eventId(), view.sequence());
        if (remembered.size() > capacity) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Remembered oldest = remembered.removeFirst();
        eventIds.remove(oldest.eventId(), oldest.sequence());
        if (oldest.opening() != null) {
            openings.computeIfPresent(oldest.opening(), (key, times) -> {
                times.removeFirst();
                return times.isEmpty() ? null : times;
            });
        }
    }

    private static long opening(String articleId, String visitorKey) {
        return hash(articleId + '\n' + visitorKey);
    }

    private static long hash(String text) {
        return Hashing.komihash5_0().hashCharsToLong(text);
    }

    private record Remembered(
            long clock,
            long sequence,
            long eventId,
            @Nullable Long opening) {}
}
