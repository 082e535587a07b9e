package broadsheet.notification.event;

import org.jspecify.annotations.Nullable;

/** One reader's place in the history: nothing comes twice, and only what its filter lets through. Not thread-safe. */
public final class EventReader {

    private final EventHistory history;
    private final FilterMatcher filter;
    private final @Nullable HistoryGap gap;
    private final int generation;
    private final long joined;
    private long sequence;
    private TopicOffsets offsets;

    /**
     * @param from everything before is known to the reader
     * @param sequence of the first entry to look at
     * @param joined the sequence of the next entry to come
     */
    EventReader(
            EventHistory history,
            EventFilter filter,
            TopicOffsets from,
            @Nullable HistoryGap gap,
            int generation,
            long sequence,
            long joined) {
        this.history = history;
        this.filter = FilterMatcher.of(filter);
        this.gap = gap;
        this.offsets = from;
        this.generation = generation;
        this.sequence = sequence;
        this.joined = joined;
    }

    /** What may be missing where this reader began. */
    public @Nullable HistoryGap gap() {
        return gap;
    }

    public ResumePoint resumePoint() {
        return new ResumePoint.AtOffsets(offsets);
    }

    /** The offsets behind all that was read; the history's own where the reader has followed it. */
    public TopicOffsets offsets() {
        return offsets;
    }

    /** The next event for this reader; none where it has them all or cannot go on. */
    public @Nullable PublicEvent poll() {
        for (var entry = history.at(sequence, generation); entry != null; entry = history.at(sequence, generation)) {
            sequence++;
            ArticleRecord record = entry.record();
            if (record.offset() >= offsets.next(record.partition())) {
                offsets = offsets.upTo(entry.behind());
                if (record.event() != null && filter.matches(record.event())) {
                    return record.event();
                }
            }
        }
        return null;
    }

    /** Whether the history began anew or lost records: the reader has to resume. */
    public boolean isInterrupted() {
        return history.generation() != generation;
    }

    /** Whether more events than that have come since the reader joined and wait for it, or the next is not kept any more. */
    public boolean isBehindBy(int events) {
        return history.next() - Math.max(sequence, joined) > events || sequence < history.first();
    }
}
