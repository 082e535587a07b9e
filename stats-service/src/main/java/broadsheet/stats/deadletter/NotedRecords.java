package broadsheet.stats.deadletter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * What is noted of the records of one partition.
 *
 * @param from offset from which on it is noted which cannot be read
 * @param to offset up to which it is
 * @param gaps where it is not in between: by offset where such a gap begins, offset where it ends
 * @param unreadable offsets of those that could not be read, among those that were asked for
 */
public record NotedRecords(long from, long to, Map<Long, Long> gaps, Set<Long> unreadable) {

    /** Of a partition that is not read yet, or was by earlier releases, which noted nothing. */
    public static final NotedRecords NONE = new NotedRecords(0, 0, Map.of(), Set.of());

    static NotedRecords of(List<Document> documents) {
        return documents.stream()
                .filter(document -> document.containsKey(RecordNotes.FROM))
                .findFirst()
                .map(begun -> new NotedRecords(
                        begun.getLong(RecordNotes.FROM),
                        begun.getLong(RecordNotes.TO),
                        gapsBehind(begun.getLong(RecordNotes.FROM), begun.get(RecordNotes.GAPS, new Document())),
                        documents.stream()
                                .filter(document -> document.containsKey(RecordNote.OFFSET))
                                .map(document -> document.getLong(RecordNote.OFFSET))
                                .collect(Collectors.toSet())))
                .orElse(NONE);
    }

    /** The first one, of all that was counted before anything was noted, ends where the notes begin. */
    private static Map<Long, Long> gapsBehind(long from, Document stored) {
        Map<Long, Long> gaps = new HashMap<>();
        stored.forEach((start, end) -> {
            if ((Long) end > from) {
                gaps.merge(Math.max(from, Long.parseLong(start)), (Long) end, Math::max);
            }
        });
        return gaps;
    }

    long beginning() {
        return from == to ? Long.MAX_VALUE : from;
    }

    NotedRecords without(Set<Long> more) {
        Set<Long> all = new HashSet<>(unreadable);
        all.addAll(more);
        return new NotedRecords(from, to, gaps, all);
    }

    /** Whether the record at an offset was read; one of which nothing is noted is taken for one that was not. */
    boolean wasRead(long offset) {
        return from <= offset && offset < to && !isInGap(offset) && !unreadable.contains(offset);
    }

    private boolean isInGap(long offset) {
        return gaps.entrySet().stream().anyMatch(gap -> gap.getKey() <= offset && offset < gap.getValue());
    }
}
