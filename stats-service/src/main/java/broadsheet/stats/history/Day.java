package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;

/** What was read on a day in UTC. */
public interface Day {

    /** Midnight in UTC. */
    Instant start();

    default Instant end() {
        return start().plus(Duration.ofDays(1));
    }

    /** The hits by minute, or by quarter of an hour where minutes are not kept. */
    NavigableMap<Instant, Long> hitsByTime();

    /** The views of a class other than {@link Classification#COUNTED} in the hours {@code [from, to)} of the day. */
    long views(Classification classification, int from, int to);

    /** The distinct visitors in the hours {@code [from, to)} of the day; amid a day whose sketches are gone the sum of its hours. */
    long visitors(int from, int to);
}
