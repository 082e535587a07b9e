package broadsheet.notification.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The newest events, a bounded number of them, each by a number that counts up. Guarded by the lock of its history. */
final class EventRing {

    private final Entry[] entries;
    private long first;
    private long next;

    EventRing(int capacity) {
        this.entries = new Entry[capacity];
    }

    /** Of the oldest that is kept. */
    long first() {
        return first;
    }

    /** Of the next to come. */
    long next() {
        return next;
    }

    /** None where it is still to come or not kept any more. */
    @Nullable Entry at(long sequence) {
        return sequence >= first && sequence < next ? entry(sequence) : null;
    }

    /** Answers the oldest where that is not kept any more. */
    @Nullable Entry add(ArticleRecord record, TopicOffsets behind) {
        Entry oldest = next - first == entries.length ? entry(first++) : null;
        entries[index(next++)] = new Entry(record, behind);
        return oldest;
    }

    /** Keeps none; the numbers count on. */
    void clear() {
        first = next;
    }

    /** Removes what a withdrawn article said; the place of it stays. */
    void remove(PublicEvent withdrawal) {
        for (long sequence = first; sequence < next; sequence++) {
            Entry entry = entry(sequence);
            PublicEvent earlier = entry.record().event();
            if (earlier != null && withdrawal.withdraws(earlier)) {
                entries[index(sequence)] = new Entry(entry.record().withoutEvent(), entry.behind());
            }
        }
    }

    /** The record of an event; none where it is not kept. */
    @Nullable ArticleRecord find(String event) {
        for (long sequence = next - 1; sequence >= first; sequence--) {
            ArticleRecord record = entry(sequence).record();
            if (record.event() != null && record.event().notification().id().equals(event)) {
                return record;
            }
        }
        return null;
    }

    /**
     * The offsets from which on all is read that came since then.
     *
     * @param head the offsets behind all that was read
     */
    TopicOffsets since(Instant moment, TopicOffsets head) {
        TopicOffsets from = head;
        for (long sequence = next - 1; sequence >= first; sequence--) {
            Entry entry = entry(sequence);
            if (!entry.behind().asOf().isBefore(moment)) {
                from = from.at(entry.record().partition(), entry.record().offset());
            }
        }
        return from;
    }

    /** Along the ring the offsets only grow, so the entries that a reader knows are its beginning. */
    long firstNotCoveredBy(TopicOffsets from) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (from.covers(entry(middle).behind())) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Entry entry(long sequence) {
        return entries[index(sequence)];
    }

    private int index(long sequence) {
        return (int) (sequence % entries.length);
    }

    /**
     * A record in its place.
     *
     * @param behind it and all that came before it on this instance
     */
    record Entry(ArticleRecord record, TopicOffsets behind) {}
}
