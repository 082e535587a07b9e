package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import java.time.Instant;
import java.util.ArrayList;
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
 * Of months that are over one for each dimension and month. Of the generation of the {@link ArticleDays} that they are made of.
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

    private static final String KEYS = "keys";
    private static final String VISITORS = "visitors";
    private static final String TOTALS = "totals";

    private final ServedCollections served;
    private final StatsCollections collections;

    SiteRollups(ServedCollections served, StatsCollections collections) {
        this.served = served;
        this.collections = collections;
    }

    /** What a dimension's keys had on a day. */
    public record DayKeysHits(Instant day, List<KeyHits> keys) {}

    /** The days that overlap {@code [from, to)}; those without hits are left out. */
    public Flux<DayKeysHits> find(Dimension dimension, Instant from, Instant to) {
        return read(RollupIds.days(dimension.parameter(), from, to), KEYS)
                .map(stored -> new DayKeysHits(RollupIds.day(stored), keys(stored)));
    }

    /** The same but for the days of these months, which are in order. */
    Flux<DayKeysHits> find(Dimension dimension, Instant from, Instant to, List<MonthRollup> without) {
        List<Flux<DayKeysHits>> days = new ArrayList<>();
        Instant start = from;
        for (MonthRollup month : without) {
            if (start.isBefore(month.start())) {
                days.add(find(dimension, start, month.start()));
            }
            start = month.end();
        }
        if (start.isBefore(to)) {
            days.add(find(dimension, start, to));
        }
        return Flux.concat(days);
    }

    /** The months that are over and lie wholly in {@code [from, to)}, as far as they are added up. */
    Flux<MonthRollup> months(Dimension dimension, Instant from, Instant to) {
        Bson months = RollupIds.months(dimension, RollupIds.firstMonth(from), RollupIds.month(to));
        return read(and(months, MonthRollup.isPacked()), MonthRollup.fields()).map(MonthRollup::of);
    }

    /** The distinct visitors of each day that overlaps {@code [from, to)}. */
    public Mono<Map<Instant, DayVisitors>> visitors(Instant from, Instant to) {
        return read(RollupIds.days(RollupIds.DAY, from, to), TOTALS, VISITORS)
                .collectMap(RollupIds::day, SiteRollups::visitors);
    }

    /** The days that overlap {@code [from, to)}, in order; those without views are left out. */
    public Flux<DayTotals> days(Instant from, Instant to) {
        return read(RollupIds.days(RollupIds.DAY, from, to), TOTALS)
                .filter(stored -> stored.containsKey(TOTALS))
                .map(SiteRollups::day);
    }

    /** How current they are; empty where none was made yet. */
    public Mono<CountingLag.Report> current() {
        return read(eq("_id", RUN))
                .next()
                .map(stored -> new CountingLag.Report(
                        stored.getLong(LAG_MILLIS),
                        stored.getBoolean(COMPLETE),
                        stored.getDate(AS_OF).toInstant()));
    }

    /** Whether all days were added up at least once. */
    public Mono<Boolean> haveAllDays() {
        return read(and(eq("_id", RUN), exists(ALL_DAYS))).hasElements();
    }

    /** Without what else a document says, such as how far each partition was counted; all where no field is named. */
    private Flux<Document> read(Bson filter, String... fields) {
        return read(filter, include(fields));
    }

    private Flux<Document> read(Bson filter, Bson fields) {
        return served.number(ArticleDays.COLLECTION)
                .flatMapMany(number -> collections.read(
                        Generation.numbered(COLLECTION, number),
                        rollups -> rollups.find(filter).projection(fields)));
    }

    static List<KeyHits> keys(Document rollup) {
        return rollup.getList(KEYS, Document.class).stream().map(KeyHits::of).toList();
    }

    static Document keys(KeySums keys) {
        return new Document(KEYS, keys.toDocuments());
    }

    /** Earlier releases stored the visitors alone. */
    static DayVisitors visitors(Document day) {
        return day.containsKey(TOTALS)
                ? day(day).dayVisitors()
                : DayVisitors.ofNumbers(day.get(VISITORS, new Document()));
    }

    private static DayTotals day(Document stored) {
        return DayTotals.of(RollupIds.day(stored), stored.get(TOTALS, Document.class));
    }

    static Document document(DayTotals day) {
        return new Document(TOTALS, day.toDocument());
    }
}
