package broadsheet.stats.ranking;

/**
 * How far the hits of an hour are above what was expected of it, in standard deviations.
 *
 * <p>Hits are taken for a negative binomial variable: chance varies few hits, and many hits vary by a quarter of themselves
 * anyway. F. J. Anscombe (The transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 1948) gives it
 * the same variance whatever its mean, so that five hits after none are as much of a rise as 2,152 after 1,000.
 */
final class TrendScore {

    /** From here on an article is trending: by chance alone one of 700 is. */
    static final double TRENDING = 3;

    private static final double SHAPE = 16; // 1 / 0.25²: the variance is m + m²/16
    private static final double SHIFT = 3.0 / 8;

    private TrendScore() {}

    static double of(long hits, double expected) {
        return stabilized((double) hits) - stabilized(expected);
    }

    /** Whether so many hits can be trending where nothing was expected. */
    static boolean canTrend(long hits) {
        return of(hits, 0) >= TRENDING;
    }

    private static double stabilized(double hits) {
        double root = Math.sqrt((hits + SHIFT) / (SHAPE - 2 * SHIFT));
        return 2 * Math.sqrt(SHAPE - 0.5) * Math.log(root + Math.sqrt(root * root + 1)); // the inverse of sinh
    }
}
