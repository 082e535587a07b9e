package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsCollections;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code stats_days}: hits and visitors of an article on a day in UTC, the day that a visitor's key lives. */
final class ArticleDays implements Counter {

    private static final int PRECISION = 13;

    @Override
    public String collection() {
        return StatsCollections.DAYS;
    }

    @Override
    public @Nullable String document(Decided record) {
        return record.is(Outcome.COUNTED) && record.view() != null
                ? record.view().articleId() + "@" + day(record)
                : null;
    }

    @Override
    public List<String> reads() {
        return List.of(Visitors.SKETCH);
    }

    @Override
    public Bson change(List<Decided> records, Document stored) {
        Decided any = records.get(0);
        return combine(
                set("articleId", requireNonNull(any.view()).articleId()),
                set("start", Date.from(day(any).atStartOfDay(UTC).toInstant())),
                inc("hits", (long) records.size()),
                Visitors.of(stored, PRECISION).with(records).change());
    }

    private static LocalDate day(Decided record) {
        return LocalDate.ofInstant(requireNonNull(record.view()).occurredAt(), UTC);
    }
}
