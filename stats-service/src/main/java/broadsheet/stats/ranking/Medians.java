package broadsheet.stats.ranking;

import java.util.Collection;

/** The middle of numbers. */
final class Medians {

    private Medians() {}

    /** Between the two in the middle where their count is even; 0 of none. */
    static double of(Collection<? extends Number> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
