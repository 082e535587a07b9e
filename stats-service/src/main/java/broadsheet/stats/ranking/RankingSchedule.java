package broadsheet.stats.ranking;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * When each period's rankings are made again: at once where views were counted since, otherwise every ten seconds, as time
 * goes on and articles change; but so seldom that making one takes a fortieth of the time, all five an eighth.
 */
final class RankingSchedule {

    private static final Duration OFTENEST = Duration.ofSeconds(1);
    private static final Duration SELDOMEST = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration WITHOUT_VIEWS = Duration.ofSeconds(10);
    private static final int SHARE = 40;

    private final Map<Period, Made> made = new EnumMap<>(Period.class);
    private Instant failedUntil = Instant.EPOCH;

    /** @param counted what was counted before it was made */
    private record Made(Instant at, Instant notBefore, Object counted) {}

    /** Those that may be made now, if there is something to make them of. */
    List<Period> rested(Instant now) {
        return Stream.of(Period.values())
                .filter(period -> !now.isBefore(failedUntil))
                .filter(period -> {
                    Made last = made.get(period);
                    return last == null || !now.isBefore(last.notBefore());
                })
                .toList();
    }

    /** Whether one is to be made again, by what is counted now. */
    boolean isDue(Period period, Object counted, Instant now) {
        Made last = made.get(period);
        return last == null
                || !counted.equals(last.counted())
                || !now.isBefore(last.at().plus(WITHOUT_VIEWS));
    }

    void made(Period period, Object counted, Instant now, Duration took) {
        Duration rest = took.multipliedBy(SHARE);
        Duration atLeast = rest.compareTo(OFTENEST) < 0 ? OFTENEST : rest;
        made.put(period, new Made(now, now.plus(atLeast.compareTo(SELDOMEST) > 0 ? SELDOMEST : atLeast), counted));
    }

    /** A store that is overloaded is not asked again at once. */
    void failed(Instant now) {
        failedUntil = now.plus(AFTER_FAILURE);
    }
}
