package broadsheet.stats.history;

import org.bson.Document;

/** Hits by the hour of a day in UTC, 0 to 23. */
public final class HourlyHits {

    private static final int HOURS = 24;

    private final long[] hits = new long[HOURS];

    /** As earlier releases stored them. */
    public static HourlyHits of(Document stored) {
        var hourly = new HourlyHits();
        stored.forEach((hour, hits) -> hourly.add(Integer.parseInt(hour), ((Number) hits).longValue()));
        return hourly;
    }

    /** Of 24 numbers, the first at an index. */
    public static HourlyHits of(long[] numbers, int first) {
        var hourly = new HourlyHits();
        System.arraycopy(numbers, first, hourly.hits, 0, HOURS);
        return hourly;
    }

    /** Puts its 24 numbers where {@link #of(long[], int)} reads them. */
    public void copyTo(long[] numbers, int first) {
        System.arraycopy(hits, 0, numbers, first, HOURS);
    }

    void add(int hour, long more) {
        hits[hour] += more;
    }

    public void add(HourlyHits other) {
        for (int hour = 0; hour < HOURS; hour++) {
            hits[hour] += other.hits[hour];
        }
    }

    /** In the hours {@code [from, to)}. */
    public long within(int from, int to) {
        long sum = 0;
        for (int hour = from; hour < to; hour++) {
            sum += hits[hour];
        }
        return sum;
    }

    public long all() {
        return within(0, HOURS);
    }
}
