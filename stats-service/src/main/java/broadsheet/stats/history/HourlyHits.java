package broadsheet.stats.history;

import java.util.TreeMap;
import org.bson.Document;

/** Hits by the hour of a day in UTC, 0 to 23. */
public final class HourlyHits {

    private final TreeMap<Integer, Long> hits = new TreeMap<>();

    public static HourlyHits of(Document stored) {
        var hourly = new HourlyHits();
        stored.forEach((hour, hits) -> hourly.add(Integer.parseInt(hour), ((Number) hits).longValue()));
        return hourly;
    }

    void add(int hour, long more) {
        hits.merge(hour, more, Long::sum);
    }

    public void add(HourlyHits other) {
        other.hits.forEach(this::add);
    }

    /** In the hours {@code [from, to)}. */
    public long within(int from, int to) {
        return hits.subMap(from, to).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    public long all() {
        return within(0, 24);
    }

    public Document toDocument() {
        var stored = new Document();
        hits.forEach((hour, count) -> stored.append(hour.toString(), count));
        return stored;
    }
}
