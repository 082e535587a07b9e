package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;

/** The views of a day in UTC: hits by minute or quarter of an hour, the others by hour. */
public final class DayCounts {

    static final String BY_HOUR = "byHour";

    private final NavigableMap<Instant, Long> hitsByTime = new TreeMap<>();
    private final List<QuarterHits> packed = new ArrayList<>();
    private final Map<Classification, HourlyHits> byHour = new EnumMap<>(Classification.class);

    DayCounts add(Instant start, Document stored) {
        for (TimeOfDay unit : TimeOfDay.values()) {
            if (unit == TimeOfDay.QUARTER && stored.get(unit.field()) instanceof Binary quarters) {
                packed.add(QuarterHits.of(start, quarters));
            } else {
                unit.hits(stored)
                        .forEach((number, count) -> add(start.plus(unit.length().multipliedBy(number)), count));
            }
        }
        stored.get(BY_HOUR, new Document())
                .forEach((column, hours) -> Classification.ofColumn(column)
                        .ifPresent(known -> byHour.computeIfAbsent(known, none -> new HourlyHits())
                                .add(HourlyHits.of((Document) hours))));
        return this;
    }

    private void add(Instant time, long hits) {
        hitsByTime.merge(time, hits, Long::sum);
    }

    public NavigableMap<Instant, Long> hitsByTime() {
        packed.forEach(quarters -> quarters.forEach(this::add));
        packed.clear();
        return hitsByTime;
    }

    /** The hits of the minutes, or quarters of an hour, that begin in {@code [from, to)}. */
    long hits(Instant from, Instant to) {
        long hits = 0;
        if (from.isBefore(to)) {
            for (QuarterHits quarters : packed) {
                hits += quarters.within(from, to);
            }
            for (long count : hitsByTime.subMap(from, to).values()) {
                hits += count;
            }
        }
        return hits;
    }

    public long views(Classification classification, int from, int to) {
        HourlyHits hours = byHour.get(classification);
        return hours == null ? 0 : hours.within(from, to);
    }
}
