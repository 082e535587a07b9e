package broadsheet.stats.counting;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Searches the records of a partition, which it is shown in order, for earlier copies of resent events. An event is
 * searched for up to its own offset at most, else to some records behind the first one that was not spooled and is a
 * minute younger than its last attempt: what was sent so long before is there by then, or never. Brokers that pause write
 * what waited for them in any order, hence the records behind it.
 */
final class EarlierCopySearch {

    static final int RECORDS_BEHIND = 10_000;

    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final Map<String, Sought> byId = new HashMap<>();
    private final Queue<Sought> openByLastAttempt = new PriorityQueue<>(Comparator.comparing(Sought::lastAttempt));
    private final Set<Long> found = new HashSet<>();
    private final long from;

    /** @param events at least one, in the order of their offsets */
    EarlierCopySearch(Collection<ResentEvent> events) {
        for (ResentEvent event : events) {
            byId.putIfAbsent(event.id(), new Sought(event)); // a second one has this one before it
        }
        openByLastAttempt.addAll(byId.values());
        from = events.stream()
                .map(ResentEvent::receivedAt)
                .mapToLong(Instant::toEpochMilli)
                .min()
                .orElseThrow();
    }

    /** The lowest timestamp that an earlier copy can have, in milliseconds. */
    long from() {
        return from;
    }

    /** The offset before which it ends; it may become lower. */
    long end() {
        return byId.values().stream().mapToLong(sought -> sought.end).max().orElse(0);
    }

    void see(ConsumerRecord<?, ?> record) {
        Sought sought = byId.get(ResentEvent.id(record));
        if (sought != null && record.offset() < sought.end) {
            found.add(sought.event.offset());
        }
        if (!ResentEvent.isSpooled(record)) {
            Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
            for (Sought next = openByLastAttempt.peek();
                    next != null && next.lastAttempt().isBefore(time.minus(UNDER_WAY));
                    next = openByLastAttempt.peek()) {
                next.end = Math.min(next.end, record.offset() + RECORDS_BEHIND);
                openByLastAttempt.remove();
            }
        }
    }

    /** The offsets of the events that have an earlier copy. */
    Set<Long> found() {
        return Set.copyOf(found);
    }

    private static final class Sought {

        private final ResentEvent event;
        private long end;

        Sought(ResentEvent event) {
            this.event = event;
            this.end = event.offset();
        }

        Instant lastAttempt() {
            return event.lastAttempt();
        }
    }
}
