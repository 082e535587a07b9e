package broadsheet.stats.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;

/**
 * The hits of five quarters of an hour that end at the same time.
 *
 * @param before those of the first four
 * @param last those of the last one
 */
record QuarterHours(List<Long> before, long last) {

    static final Duration LENGTH = Duration.ofMinutes(75);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int BEFORE = 4;
    private static final double STEADY = 0.5;
    private static final double LEFT = 0.2;
    private static final double ENOUGH = 30;

    /** @param hitsByMinute of the time before the end, at least */
    static QuarterHours until(Instant end, NavigableMap<Instant, Long> hitsByMinute) {
        List<Long> quarters = new ArrayList<>();
        for (Instant start = end.minus(LENGTH); start.isBefore(end); start = start.plus(QUARTER)) {
            quarters.add(hitsByMinute.subMap(start, start.plus(QUARTER)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }
        return new QuarterHours(List.copyOf(quarters.subList(0, BEFORE)), quarters.get(BEFORE));
    }

    static QuarterHours sum(Collection<QuarterHours> all) {
        List<Long> before = new ArrayList<>();
        for (int quarter = 0; quarter < BEFORE; quarter++) {
            int number = quarter;
            before.add(all.stream().mapToLong(one -> one.before.get(number)).sum());
        }
        return new QuarterHours(
                before, all.stream().mapToLong(QuarterHours::last).sum());
    }

    /**
     * Whether it was read steadily, in each quarter at least half as much as in the mean, and in the last one at most a fifth
     * of what was to be expected: the mean, or less where others are read less too, as in the night. With 30 expected, six
     * by chance alone would come in one of 10 million quarters (Poisson).
     *
     * @param all the same of all articles, this one among them
     */
    boolean isSuddenDrop(QuarterHours all) {
        double mean = mean();
        boolean steady = before.stream().allMatch(quarter -> quarter >= STEADY * mean);
        double expected = mean * ratioOfOthers(all);
        return steady && expected >= ENOUGH && last <= LEFT * expected;
    }

    private double ratioOfOthers(QuarterHours all) {
        double othersBefore = all.mean() - mean();
        return othersBefore < ENOUGH ? 1 : Math.min(1, (all.last - last) / othersBefore);
    }

    private double mean() {
        return (double) before.stream().mapToLong(Long::longValue).sum() / BEFORE;
    }
}
