package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.ServedCollections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds up the months that are over from their days: those of which a day was added up again, also by another instance. */
@Component
class MonthRollups {

    private final ServedCollections served;

    MonthRollups(ServedCollections served) {
        this.served = served;
    }

    /** Of a generation, the months that overlap {@code [from, to)} and are over. */
    Mono<Void> refresh(int generation, Instant from, Instant to, Instant now) {
        Instant start = RollupIds.start(RollupIds.month(from));
        Instant thisMonth = RollupIds.start(RollupIds.month(now));
        Instant end = to.isBefore(thisMonth) ? to : thisMonth;
        return start.isBefore(end)
                ? days(generation, start, end).flatMap(days -> refresh(generation, days))
                : Mono.empty();
    }

    /** Which sum of each day there is, by month. */
    private Mono<NavigableMap<YearMonth, Map<String, String>>> days(int generation, Instant from, Instant end) {
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups ->
                        rollups.find(RollupIds.days(RollupIds.DAY, from, end)).projection(include(SiteRollups.MADE)))
                .collect(
                        TreeMap::new,
                        (months, day) -> months.computeIfAbsent(
                                        RollupIds.month(RollupIds.day(day)), none -> new HashMap<>())
                                .put(dayOfMonth(day), made(day)));
    }

    private static String dayOfMonth(Document day) {
        String id = day.getString("_id");
        return id.substring(id.length() - 2);
    }

    private static String made(Document day) {
        return day.get(SiteRollups.MADE, "");
    }

    private Mono<Void> refresh(int generation, NavigableMap<YearMonth, Map<String, String>> days) {
        return days.isEmpty()
                ? Mono.empty()
                : Flux.fromIterable(RollupIds.KINDS)
                        .concatMap(kind -> refresh(generation, kind, days))
                        .then();
    }

    private Mono<Void> refresh(int generation, String kind, NavigableMap<YearMonth, Map<String, String>> days) {
        Bson months = RollupIds.months(kind, days.firstKey(), days.lastKey().plusMonths(1));
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups ->
                        rollups.find(and(months, areAsStoredHere(kind))).projection(include(MonthRollup.DAYS)))
                .collectMap(RollupIds::month, month -> month.get(MonthRollup.DAYS, new Document()))
                .flatMapMany(made -> Flux.fromIterable(days.entrySet())
                        .filter(month -> !month.getValue().equals(made.get(month.getKey()))))
                .concatMap(month -> make(generation, kind, month.getKey(), month.getValue()))
                .then();
    }

    private static Bson areAsStoredHere(String kind) {
        return kind.equals(RollupIds.DAY) ? MonthTotals.arePacked() : KeyNumbers.areColumns();
    }

    /** @param days those that were stored before they are read here: a month that is made of later ones is made again */
    private Mono<Void> make(int generation, String kind, YearMonth month, Map<String, String> days) {
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMap(rollups -> (kind.equals(RollupIds.DAY) ? totals(rollups, month) : keys(rollups, kind, month))
                        .flatMap(sum -> Mono.from(rollups.replaceOne(
                                eq("_id", RollupIds.of(kind, month)),
                                sum.append(MonthRollup.DAYS, new Document(Map.copyOf(days))),
                                new ReplaceOptions().upsert(true)))))
                .then();
    }

    private static Mono<Document> totals(MongoCollection<Document> rollups, YearMonth month) {
        return Flux.from(rollups.find(daysOf(RollupIds.DAY, month)))
                .filter(SiteRollups::hasTotals)
                .map(SiteRollups::day)
                .collectList()
                .map(days -> MonthTotals.document(month, days));
    }

    private static Mono<Document> keys(MongoCollection<Document> rollups, String dimension, YearMonth month) {
        Instant start = RollupIds.start(month);
        Instant end = RollupIds.start(month.plusMonths(1));
        return Flux.from(rollups.find(daysOf(dimension, month)).projection(DayColumns.ofWholeDay()))
                .reduceWith(
                        () -> new BreakdownBuilder(start, end), (builder, day) -> builder.add(DayColumns.wholeDay(day)))
                .map(builder -> MonthRollup.document(builder.top(MonthRollup.MAX_KEYS)));
    }

    private static Bson daysOf(String kind, YearMonth month) {
        return RollupIds.days(kind, RollupIds.start(month), RollupIds.start(month.plusMonths(1)));
    }
}
