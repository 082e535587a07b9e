package broadsheet.stats.deadletter;

import java.util.HashSet;
import java.util.Set;

/**
 * What is noted of the records of one partition.
 *
 * @param from offset from which on it is noted which cannot be read
 * @param to offset up to which it is
 * @param unreadable offsets of those that could not be read, among those that were asked for
 */
public record NotedRecords(long from, long to, Set<Long> unreadable) {

    /** Of a partition that is not read yet, or was by earlier releases, which noted nothing. */
    public static final NotedRecords NONE = new NotedRecords(0, 0, Set.of());

    long beginning() {
        return from == to ? Long.MAX_VALUE : from;
    }

    NotedRecords without(Set<Long> more) {
        Set<Long> all = new HashSet<>(unreadable);
        all.addAll(more);
        return new NotedRecords(from, to, all);
    }

    /** Whether the record at an offset was read; one of which nothing is noted is taken for one that was not. */
    boolean wasRead(long offset) {
        return from <= offset && offset < to && !unreadable.contains(offset);
    }
}
