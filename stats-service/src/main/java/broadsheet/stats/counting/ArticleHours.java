package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsCollections;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code stats_hours}: hits of an article in an hour, each minute of it, and its visitors. */
final class ArticleHours implements Counter {

    private static final int PRECISION = 12;

    @Override
    public String collection() {
        return StatsCollections.HOURS;
    }

    @Override
    public @Nullable String document(Decided record) {
        return record.is(Outcome.COUNTED) && record.view() != null
                ? record.view().articleId() + "@" + hour(record)
                : null;
    }

    @Override
    public List<String> reads() {
        return List.of(Visitors.SKETCH);
    }

    @Override
    public Bson change(List<Decided> records, Document stored) {
        Decided any = records.get(0);
        List<Bson> changes = new ArrayList<>();
        changes.add(set("articleId", requireNonNull(any.view()).articleId()));
        changes.add(set("start", Date.from(hour(any))));
        changes.add(inc("hits", (long) records.size()));
        Map<Integer, Long> minutes =
                records.stream().collect(Collectors.groupingBy(ArticleHours::minute, Collectors.counting()));
        minutes.forEach((minute, hits) -> changes.add(inc("minutes." + minute, hits)));
        changes.add(Visitors.of(stored, PRECISION).with(records).change());
        return combine(changes);
    }

    private static Instant hour(Decided record) {
        return requireNonNull(record.view()).occurredAt().truncatedTo(ChronoUnit.HOURS);
    }

    private static Integer minute(Decided record) {
        return requireNonNull(record.view()).occurredAt().atOffset(UTC).getMinute();
    }
}
