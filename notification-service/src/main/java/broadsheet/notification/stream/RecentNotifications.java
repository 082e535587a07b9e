package broadsheet.notification.stream;

import broadsheet.notification.stream.Signal.Told;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest notifications of a topic, at most as many as {@code capacity}, in the order this instance read them: that of
 * the topic within a partition. Not thread-safe.
 */
final class RecentNotifications {

    private final int capacity;
    private final ArrayDeque<Told> kept = new ArrayDeque<>();
    private Position head;
    private Position floor;

    /** @param start where reading begins; nothing before it can be replayed */
    RecentNotifications(int capacity, Position start) {
        this.capacity = capacity;
        this.head = start;
        this.floor = start;
    }

    /** Behind everything that was read. */
    Position head() {
        return head;
    }

    /** From here on nothing is missing. */
    Position floor() {
        return floor;
    }

    /** Takes a record in; answers what to tell the clients. A record that was read before changes nothing. */
    @Nullable Told add(Received record) {
        int partition = record.partition();
        if (record.offset() < head.next(partition)) {
            return null;
        }
        if (record.offset() > head.next(partition)) { // compaction took what lay between
            floor = floor.at(partition, record.offset()).asOf(record.time());
        }
        head = head.at(partition, record.offset() + 1).asOf(record.time());
        if (record.message() == null) {
            return null;
        }
        var told = new Told(partition, record.offset(), record.message(), head);
        kept.add(told);
        if (kept.size() > capacity) {
            Told oldest = kept.remove();
            floor = floor.at(oldest.partition(), oldest.offset() + 1)
                    .asOf(oldest.position().asOf());
        }
        return told;
    }

    /** What to tell a client that has read as far as the position, or, without one, that begins now. */
    Replay since(@Nullable Position position, Instant now) {
        if (position == null) {
            return new Replay(head.asOf(now), null, List.of());
        }
        if (position.isMoment()) {
            return since(position.asOf());
        }
        if (!position.topic().equals(head.topic())) {
            return new Replay(head.asOf(now), new Gap(position.asOf(), Gap.Reason.UNKNOWN), List.of());
        }
        if (!head.covers(position)) {
            return new Replay(position.downTo(head), new Gap(position.asOf(), Gap.Reason.UNKNOWN), List.copyOf(kept));
        }
        if (!position.covers(floor)) {
            return new Replay(position.upTo(floor), new Gap(position.asOf(), Gap.Reason.EXPIRED), List.copyOf(kept));
        }
        return new Replay(position, null, List.copyOf(kept));
    }

    private Replay since(Instant moment) {
        Position from = head;
        for (Iterator<Told> newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            Told told = newestFirst.next();
            if (!told.position().asOf().isBefore(moment)) {
                from = from.at(told.partition(), told.offset());
            }
        }
        Gap gap = moment.isBefore(floor.asOf()) ? new Gap(moment, Gap.Reason.EXPIRED) : null;
        return new Replay(from.asOf(moment), gap, List.copyOf(kept));
    }

    /**
     * What a client hears first.
     *
     * @param from where its stream begins
     * @param kept some of it may lie before that
     */
    record Replay(Position from, @Nullable Gap gap, List<Told> kept) {}
}
