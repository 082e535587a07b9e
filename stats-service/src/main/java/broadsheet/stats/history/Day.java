package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;

/** What was read on a day in UTC. */
public interface Day {

    int HOURS = 24;

    /** The first hour, 0 to 24, of the day with this start that begins at a time or later. */
    static int hourFrom(Instant start, Instant time) {
        long hours = -Math.floorDiv(
                -Duration.between(start, time).toSeconds(), Duration.ofHours(1).toSeconds());
        return (int) Math.max(0, Math.min(HOURS, hours));
    }

    /** Midnight in UTC. */
    Instant start();

    default Instant end() {
        return start().plus(Duration.ofDays(1));
    }

    /** The hits by minute, or by quarter of an hour where minutes are not kept. */
    NavigableMap<Instant, Long> hitsByTime();

    /** The hits of the minutes, or quarters of an hour, that begin in {@code [from, to)}. */
    default long hits(Instant from, Instant to) {
        return from.isBefore(to)
                ? hitsByTime().subMap(from, to).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : 0;
    }

    /** The views of a class other than {@link Classification#COUNTED} in the hours {@code [from, to)} of the day. */
    long views(Classification classification, int from, int to);

    /** The distinct visitors in the hours {@code [from, to)} of the day; amid a day whose sketches are gone the sum of its hours. */
    long visitors(int from, int to);
}
