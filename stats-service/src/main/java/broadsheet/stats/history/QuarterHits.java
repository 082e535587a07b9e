package broadsheet.stats.history;

import broadsheet.stats.store.PackedNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.bson.types.Binary;

/** The hits of a day in UTC by quarter of an hour, as an array: of two years of days most are only added up. */
public final class QuarterHits {

    public static final int QUARTERS = 96;

    private static final Duration QUARTER = TimeOfDay.QUARTER.length();

    private final Instant start;
    private final long[] hits;

    /** @param hits {@value #QUARTERS} numbers */
    public QuarterHits(Instant start, long[] hits) {
        this.start = start;
        this.hits = hits;
    }

    static QuarterHits of(Instant start, Binary stored) {
        return new QuarterHits(start, PackedNumbers.unpack(stored, QUARTERS));
    }

    /** Of the quarters that begin in {@code [from, to)}. */
    public long within(Instant from, Instant to) {
        long sum = 0;
        for (int quarter = firstFrom(from); quarter < firstFrom(to); quarter++) {
            sum += hits[quarter];
        }
        return sum;
    }

    /** The first quarter, 0 to 96, that begins at a time or later. */
    private int firstFrom(Instant time) {
        long quarters = -Math.floorDiv(-Duration.between(start, time).toNanos(), QUARTER.toNanos());
        return (int) Math.max(0, Math.min(QUARTERS, quarters));
    }

    /** Passes when each quarter with hits begins, and the hits. */
    public void forEach(BiConsumer<Instant, Long> each) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            if (hits[quarter] > 0) {
                each.accept(start.plus(QUARTER.multipliedBy(quarter)), hits[quarter]);
            }
        }
    }
}
