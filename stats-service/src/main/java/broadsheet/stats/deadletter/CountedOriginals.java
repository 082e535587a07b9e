package broadsheet.stats.deadletter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which of the records of one partition that were dead letters a generation has counted where they stood, so that it counts
 * them no more when they are sent again.
 *
 * @param own what the generation has noted itself
 * @param copied what was noted of those that its copies of another one's documents hold
 */
public record CountedOriginals(NotedRecords own, NotedRecords copied) {

    /** The offset from which on something is noted. */
    long beginning() {
        return Math.min(own.beginning(), copied.beginning());
    }

    /** Where nothing is noted behind its beginning; a letter from there counts, whichever of the two is asked. */
    Map<Long, Long> gaps() {
        Map<Long, Long> gaps = new HashMap<>(own.gaps());
        copied.gaps().forEach((from, to) -> gaps.merge(from, to, Math::max));
        return gaps;
    }

    /** With what the generation is about to note. */
    public CountedOriginals without(Set<Long> unreadable) {
        return new CountedOriginals(own.without(unreadable), copied);
    }

    /**
     * Whether the record at an offset is one of them.
     *
     * @param isOfCopiedDay whether the view is counted on a day that the generation has copies of
     */
    public boolean include(long offset, boolean isOfCopiedDay) {
        return (isOfCopiedDay && offset < copied.to() ? copied : own).wasRead(offset);
    }
}
