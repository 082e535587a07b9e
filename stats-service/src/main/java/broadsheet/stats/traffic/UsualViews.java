package broadsheet.stats.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many views the last seven days had at some time of the day.
 *
 * @param byHour those that were received in each hour
 */
record UsualViews(Map<Instant, Long> byHour) {

    static final int DAYS = 7;

    /** On the second quietest of the days, so that neither a weekend nor one outage makes it a surprise. */
    long between(Instant from, Instant to) {
        return IntStream.rangeClosed(1, DAYS)
                .mapToObj(Duration::ofDays)
                .mapToLong(days -> views(from.minus(days), to.minus(days)))
                .sorted()
                .skip(1)
                .findFirst()
                .orElse(0);
    }

    /** As if the views of an hour were spread over it evenly. */
    private long views(Instant from, Instant to) {
        double views = 0;
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS); hour.isBefore(to); hour = hour.plusSeconds(3_600)) {
            Instant start = hour.isBefore(from) ? from : hour;
            Instant end = hour.plusSeconds(3_600).isBefore(to) ? hour.plusSeconds(3_600) : to;
            views += byHour.getOrDefault(hour, 0L)
                    * (Duration.between(start, end).toMillis() / 3_600_000.0);
        }
        return (long) views;
    }
}
