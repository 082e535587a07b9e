package broadsheet.stats.ranking;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * An article's hits in the two days before an hour, of which those of twelve hours earlier weigh half as much.
 *
 * @param hits weighted
 * @param hours weighted, those in which the article was published
 */
record PastHits(double hits, double hours) {

    static final Duration LENGTH = Duration.ofDays(2);

    private static final double HALF_LIFE_HOURS = 12;

    /** The category's median weighs as much as two hours of the article's own past: of a new article it is all that is known. */
    private static final double MEDIAN_HOURS = 2;

    /** @param publishedAt null where it is not known: long ago */
    static PastHits before(Instant hour, NavigableMap<Instant, Long> hitsByTime, @Nullable Instant publishedAt) {
        double hits = 0;
        double hours = 0;
        Instant end = hour;
        for (int age = 0; age < LENGTH.toHours(); age++) {
            Instant start = end.minus(Duration.ofHours(1));
            double weight = Math.pow(2, -age / HALF_LIFE_HOURS);
            hits += weight
                    * hitsByTime.subMap(start, end).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            if (publishedAt == null || publishedAt.isBefore(end)) {
                hours += weight;
            }
            end = start;
        }
        return new PastHits(hits, hours);
    }

    /** How the hits of the hour compare with those of an hour of the past. */
    double ratio(long hitsOfHour) {
        return (hitsOfHour + 1) / (hits / Math.max(hours, 1) + 1);
    }

    /**
     * The hits that the hour was to have.
     *
     * @param median the hits that an article of the category has in this hour
     * @param siteRatio how this hour compares with the past for articles at large: mornings are no news
     */
    double expected(double median, double siteRatio) {
        return (MEDIAN_HOURS * median + siteRatio * hits) / (MEDIAN_HOURS + hours);
    }
}
