package broadsheet.stats.series;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import broadsheet.stats.history.DayCounts;
import broadsheet.stats.history.DayVisitors;
import java.time.Instant;
import java.util.NavigableMap;

/** What was read of all articles on a day in UTC. */
record SiteDay(Instant start, DayCounts counts, DayVisitors visitors) implements Day {

    @Override
    public NavigableMap<Instant, Long> hitsByTime() {
        return counts.hitsByTime();
    }

    @Override
    public long views(Classification classification, int from, int to) {
        return counts.views(classification, from, to);
    }

    @Override
    public long visitors(int from, int to) {
        return visitors.within(from, to);
    }
}
