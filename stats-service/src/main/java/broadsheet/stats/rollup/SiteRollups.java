package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_site_rollups}: what all articles together had on a day in UTC, as the {@link RollupJob} last added it up: a
 * document for each {@link Dimension} and day, and one for the day's views and visitors; each says what was counted by then.
 * Of months that are over one for each dimension and month, and one for the days of each month. Of the generation of the {@link ArticleDays} that they are made of.
 */
@Component
public class SiteRollups {

    public static final String COLLECTION = "stats_site_rollups";

    /** Another each time that a day is added up. */
    static final String MADE = "made";

    static final String RUN = "run";
    static final String AS_OF = "asOf";
    static final String LAG_MILLIS = "lagMillis";
    static final String COMPLETE = "complete";
    static final String ALL_DAYS = "allDays";

    private static final String VISITORS = "visitors";
    private static final String TOTALS = "totals";

    private final ServedCollections served;
    private final StatsCollections collections;

    SiteRollups(ServedCollections served, StatsCollections collections) {
        this.served = served;
        this.collections = collections;
    }

    /** The distinct visitors of each day that overlaps {@code [from, to)}. */
    public Mono<Map<Instant, DayVisitors>> visitors(Instant from, Instant to) {
        return read(RollupIds.days(RollupIds.DAY, from, to), include(TOTALS, VISITORS))
                .collectMap(RollupIds::day, SiteRollups::visitors);
    }

    /** The days that overlap {@code [from, to)}, in any order; of those without views some are left out. */
    public Flux<DayTotals> days(Instant from, Instant to) {
        YearMonth afterLast = RollupIds.month(to.minusNanos(1)).plusMonths(1);
        Bson months = RollupIds.months(RollupIds.DAY, RollupIds.month(from), afterLast);
        return read(and(months, MonthTotals.arePacked()), MonthTotals.fields())
                .map(MonthTotals::of)
                .collectList()
                .flatMapMany(found -> Flux.fromIterable(found)
                        .flatMapIterable(MonthTotals::days)
                        .filter(day -> day.start().isBefore(to) && day.end().isAfter(from))
                        .concatWith(daysBeside(found, from, to)));
    }

    private Flux<DayTotals> daysBeside(List<MonthTotals> months, Instant from, Instant to) {
        List<YearMonth> found = months.stream().map(MonthTotals::month).toList();
        return Flux.fromIterable(TimeBesideMonths.of(found, from, to))
                .flatMap(time -> read(RollupIds.days(RollupIds.DAY, time.from(), time.to()), include(TOTALS)))
                .filter(SiteRollups::hasTotals)
                .map(SiteRollups::day);
    }

    /** How current they are; empty where none was made yet. */
    public Mono<CountingLag.Report> current() {
        return read(eq("_id", RUN), include(AS_OF, LAG_MILLIS, COMPLETE))
                .next()
                .map(stored -> new CountingLag.Report(
                        stored.getLong(LAG_MILLIS),
                        stored.getBoolean(COMPLETE),
                        stored.getDate(AS_OF).toInstant()));
    }

    /** Whether all days were added up at least once. */
    public Mono<Boolean> haveAllDays() {
        return read(and(eq("_id", RUN), exists(ALL_DAYS)), include("_id")).hasElements();
    }

    Flux<Document> read(Bson filter, Bson fields) {
        return served.number(ArticleDays.COLLECTION)
                .flatMapMany(number -> collections.read(
                        Generation.numbered(COLLECTION, number),
                        rollups -> rollups.find(filter).projection(fields)));
    }

    /** Earlier releases stored the visitors alone. */
    static DayVisitors visitors(Document day) {
        return hasTotals(day) ? day(day).dayVisitors() : DayVisitors.ofNumbers(day.get(VISITORS, new Document()));
    }

    static boolean hasTotals(Document day) {
        return day.containsKey(TOTALS);
    }

    static DayTotals day(Document stored) {
        return PackedDayTotals.of(RollupIds.day(stored), stored.get(TOTALS, Document.class));
    }

    static Document document(DayTotals day) {
        return new Document(TOTALS, PackedDayTotals.document(day));
    }
}
