package broadsheet.stats.position;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Places of one partition; of those that lie close together it takes a bit each, at most 8 KiB for 65,536 offsets of an epoch. */
public final class PlaceSet {

    private static final int OFFSETS_AT_ONCE = 65_536;

    private final Map<Place, BitSet> places = new HashMap<>();
    private long lastOffset = -1;

    public static PlaceSet of(Place... places) {
        var set = new PlaceSet();
        for (Place place : places) {
            set.add(place);
        }
        return set;
    }

    public void add(Place place) {
        places.computeIfAbsent(firstBeside(place), none -> new BitSet()).set(bit(place));
        lastOffset = Math.max(lastOffset, place.offset());
    }

    public boolean contains(Place place) {
        BitSet beside = places.get(firstBeside(place));
        return beside != null && beside.get(bit(place));
    }

    /** The highest one; -1 where there is no place. */
    public long lastOffset() {
        return lastOffset;
    }

    private static Place firstBeside(Place place) {
        return new Place(place.epoch(), place.offset() - bit(place));
    }

    private static int bit(Place place) {
        return (int) (place.offset() % OFFSETS_AT_ONCE);
    }
}
