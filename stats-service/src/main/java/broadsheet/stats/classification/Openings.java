package broadsheet.stats.classification;

/**
 * When which visitor opened which article, to the millisecond. Time is cut into stretches no longer than the double-click
 * time, and of each visitor, article and stretch the first and the last opening are kept: those between them tell nothing
 * that these do not.
 */
final class Openings {

    private static final long LONGEST_STRETCH = 60_000; // two times within it fit into an int

    private final long doubleClick;
    private final long stretch;
    private final HashTable firstAndLast = new HashTable(true);
    private long firstStretch = Long.MAX_VALUE;
    private long lastStretch = Long.MIN_VALUE;

    /** @param doubleClick in milliseconds */
    Openings(long doubleClick) {
        this.doubleClick = doubleClick;
        this.stretch = Math.min(doubleClick, LONGEST_STRETCH);
    }

    /** @param visit hash of visitor and article */
    void add(long visit, long at) {
        long number = Math.floorDiv(at, stretch);
        int within = (int) Math.floorMod(at, stretch);
        long key = key(visit, number);
        int known = firstAndLast.number(key);
        firstAndLast.put(
                key,
                known == 0
                        ? pack(within, within)
                        : pack(Math.min(first(known), within), Math.max(last(known), within)));
        firstStretch = Math.min(firstStretch, number);
        lastStretch = Math.max(lastStretch, number);
    }

    /** Whether there is an opening within the double-click time before or after. */
    boolean isDoubleClick(long visit, long at) {
        long from = Math.max(firstStretch, Math.floorDiv(at - doubleClick, stretch));
        long to = Math.min(lastStretch, Math.floorDiv(at + doubleClick, stretch));
        for (long number = to; number >= from; number--) {
            int known = firstAndLast.number(key(visit, number));
            long start = number * stretch;
            if (known != 0 && start + last(known) >= at - doubleClick && start + first(known) <= at + doubleClick) {
                return true;
            }
        }
        return false;
    }

    void trim() {
        firstAndLast.trim();
    }

    private static int pack(int first, int last) {
        return (first << 16) | (last + 1); // never 0
    }

    private static int first(int packed) {
        return packed >>> 16;
    }

    private static int last(int packed) {
        return (packed & 0xffff) - 1;
    }

    /** Another hash for each stretch (the end of MurmurHash3). */
    private static long key(long visit, long stretch) {
        long key = visit ^ (stretch * 0x9E3779B97F4A7C15L);
        key = (key ^ (key >>> 33)) * 0xFF51AFD7ED558CCDL;
        key = (key ^ (key >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return key ^ (key >>> 33);
    }
}
