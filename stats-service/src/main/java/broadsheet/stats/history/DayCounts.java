package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;

/** The views of a day in UTC: hits by minute or quarter of an hour, the others by hour. */
public final class DayCounts {

    static final String BY_HOUR = "byHour";

    private final TreeMap<Instant, Long> hitsByTime = new TreeMap<>();
    private final Map<Classification, HourlyHits> byHour = new EnumMap<>(Classification.class);

    DayCounts add(Instant start, Document stored) {
        for (TimeOfDay unit : TimeOfDay.values()) {
            unit.hits(stored)
                    .forEach((number, count) ->
                            hitsByTime.merge(start.plus(unit.length().multipliedBy(number)), count, Long::sum));
        }
        stored.get(BY_HOUR, new Document())
                .forEach((column, hours) -> Classification.ofColumn(column)
                        .ifPresent(known -> byHour.computeIfAbsent(known, none -> new HourlyHits())
                                .add(HourlyHits.of((Document) hours))));
        return this;
    }

    public NavigableMap<Instant, Long> hitsByTime() {
        return hitsByTime;
    }

    public long views(Classification classification, int from, int to) {
        HourlyHits hours = byHour.get(classification);
        return hours == null ? 0 : hours.within(from, to);
    }
}
