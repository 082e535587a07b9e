package broadsheet.stats.classification;

import org.jspecify.annotations.Nullable;

/** Views of one partition that came one after another; forgotten as a whole, or its ids and its openings by themselves. */
final class RememberedSlice {

    private final long number;
    private @Nullable HashTable eventIds = new HashTable(false);
    private @Nullable Openings openings;
    private int views;
    private long lastClock;

    /**
     * An empty slice.
     *
     * @param number of the stretch of time in which its views are read
     * @param doubleClick in milliseconds
     */
    RememberedSlice(long number, long doubleClick) {
        this.number = number;
        this.openings = new Openings(doubleClick);
    }

    long number() {
        return number;
    }

    int views() {
        return views;
    }

    /** The partition's clock at its last view. */
    long lastClock() {
        return lastClock;
    }

    boolean hasSeen(long eventId) {
        return eventIds != null && eventIds.contains(eventId);
    }

    boolean hasOpened(long visit, long at) {
        return openings != null && openings.isDoubleClick(visit, at);
    }

    void remember(long eventId, long clock) {
        if (eventIds != null) {
            eventIds.add(eventId);
        }
        views++;
        lastClock = clock;
    }

    void rememberOpening(long visit, long at) {
        if (openings != null) {
            openings.add(visit, at);
        }
    }

    /** To be called when nothing more is remembered in it. */
    void trim() {
        if (eventIds != null) {
            eventIds.trim();
        }
        if (openings != null) {
            openings.trim();
        }
    }

    void forgetIds() {
        eventIds = null;
    }

    void forgetOpenings() {
        openings = null;
    }
}
