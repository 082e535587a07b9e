package broadsheet.stats.series;

import broadsheet.stats.history.ArticleDays.Day;
import broadsheet.stats.history.ArticleHours.Hour;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the hours of an article to the points of a series, minute by minute, so that zones that are not whole hours
 * from UTC come out right too. A visitor's key lives for a day in UTC: a person who returns the day after is another
 * visitor.
 */
final class SeriesBuilder {

    private static final int PRECISION = 14;

    private final TreeMap<Instant, Sum> sums = new TreeMap<>();
    private final Instant end;
    private final Instant expiredBefore;
    private Instant botsFrom = Instant.MAX;

    /** @param expiredBefore a day in UTC; before it the article's days are to be added, from it on its hours */
    SeriesBuilder(SeriesRange range, Instant expiredBefore) {
        this.expiredBefore = expiredBefore;
        range.starts().forEach(start -> sums.put(start, new Sum()));
        end = range.end();
    }

    void add(Hour hour) {
        hour.minutes().forEach((minute, hits) -> add(hour.start().plus(Duration.ofMinutes(minute)), hits));
        Map.Entry<Instant, Sum> sum = sums.floorEntry(hour.start());
        if (sum != null) {
            sum.getValue().visitors.addAll(hour.visitors().getData());
        }
    }

    void add(Day day) {
        Map.Entry<Instant, Sum> sum = sums.floorEntry(day.start());
        if (sum != null) {
            sum.getValue().hits += day.hits();
            sum.getValue().visitors.addAll(day.visitors().getData());
        }
    }

    void add(BotsAndDoubleClicks.Hour hour) {
        Map.Entry<Instant, Sum> sum = sums.floorEntry(hour.start());
        if (sum != null) {
            sum.getValue().bots += hour.bots();
            sum.getValue().doubleClicks += hour.doubleClicks();
        }
    }

    /** The first hour whose bots and double clicks are known. */
    void knowsBotsFrom(Instant hour) {
        botsFrom = hour;
    }

    private void add(Instant minute, long hits) {
        Map.Entry<Instant, Sum> sum = sums.floorEntry(minute);
        if (sum != null && minute.isBefore(end)) {
            sum.getValue().hits += hits;
        }
    }

    List<SeriesPoint> points() {
        List<SeriesPoint> points = new ArrayList<>();
        sums.forEach((start, sum) -> {
            Instant higher = sums.higherKey(start);
            Instant next = higher == null ? end : higher;
            boolean wholeHours = isHour(start) && isHour(next);
            boolean kept = !start.isBefore(expiredBefore) || (isDay(start) && isDay(next));
            boolean bots = wholeHours && !start.isBefore(botsFrom);
            points.add(new SeriesPoint(
                    start,
                    kept ? sum.hits : null,
                    kept && wholeHours ? sum.visitors.count() : null,
                    bots ? sum.bots : null,
                    bots ? sum.doubleClicks : null));
        });
        return points;
    }

    private static boolean isHour(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.HOURS));
    }

    private static boolean isDay(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.DAYS));
    }

    private static final class Sum {
        private long hits;
        private long bots;
        private long doubleClicks;
        private final VisitorSketch visitors = new VisitorSketch(PRECISION);
    }
}
