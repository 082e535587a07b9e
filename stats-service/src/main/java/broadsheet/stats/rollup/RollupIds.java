package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The ids of {@link SiteRollups}' documents: of a day {@code referrer@2026-05-17}, of a month {@code referrer-month@2026-05}. */
final class RollupIds {

    /** The kind of what is no dimension of a day: its views and visitors. */
    static final String DAY = "day";

    /** What there is a document of for each day. */
    static final List<String> KINDS = Stream.concat(
                    Stream.of(DAY), Stream.of(Dimension.values()).map(Dimension::parameter))
            .toList();

    private RollupIds() {}

    static String of(String kind, Instant day) {
        return kind + "@" + day.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    static String of(String kind, YearMonth month) {
        return kind + "-month@" + month;
    }

    static Instant day(Document stored) {
        return LocalDate.parse(name(stored)).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static YearMonth month(Document stored) {
        return YearMonth.parse(name(stored));
    }

    static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    /** The first month that begins at this time or later. */
    static YearMonth firstMonth(Instant time) {
        YearMonth month = month(time);
        return start(month).isBefore(time) ? month.plusMonths(1) : month;
    }

    private static String name(Document stored) {
        String id = stored.getString("_id");
        return id.substring(id.indexOf('@') + 1);
    }

    /** The days that overlap {@code [from, to)}. */
    static Bson days(String kind, Instant from, Instant to) {
        return and(
                gte("_id", of(kind, from)), lt("_id", of(kind, to.minusNanos(1).plus(Duration.ofDays(1)))));
    }

    static Bson months(String kind, YearMonth from, YearMonth to) {
        return and(gte("_id", of(kind, from)), lt("_id", of(kind, to)));
    }

    static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
