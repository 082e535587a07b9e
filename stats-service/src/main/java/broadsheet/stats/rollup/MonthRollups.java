package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.ServedCollections;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
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
                : Flux.fromArray(Dimension.values())
                        .concatMap(dimension -> refresh(generation, dimension, days))
                        .then();
    }

    private Mono<Void> refresh(int generation, Dimension dimension, NavigableMap<YearMonth, Map<String, String>> days) {
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups -> rollups.find(RollupIds.months(
                                dimension, days.firstKey(), days.lastKey().plusMonths(1)))
                        .projection(include(MonthRollup.DAYS)))
                .collectMap(RollupIds::month, month -> month.get(MonthRollup.DAYS, new Document()))
                .flatMapMany(made -> Flux.fromIterable(days.entrySet())
                        .filter(month -> !month.getValue().equals(made.get(month.getKey()))))
                .concatMap(month -> make(generation, dimension, month.getKey(), month.getValue()))
                .then();
    }

    /** @param days those that were stored before they are read here: a month that is made of later ones is made again */
    private Mono<Void> make(int generation, Dimension dimension, YearMonth month, Map<String, String> days) {
        Instant start = RollupIds.start(month);
        Instant end = RollupIds.start(month.plusMonths(1));
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMap(rollups -> Flux.from(rollups.find(RollupIds.days(dimension.parameter(), start, end)))
                        .reduceWith(() -> new BreakdownBuilder(start, end), (builder, day) -> {
                            SiteRollups.keys(day).forEach(hits -> builder.add(RollupIds.day(day), hits.key(), hits));
                            return builder;
                        })
                        .flatMap(builder -> Mono.from(rollups.replaceOne(
                                eq("_id", RollupIds.of(dimension, month)),
                                MonthRollup.document(builder.top(MonthRollup.MAX_KEYS), days),
                                new ReplaceOptions().upsert(true)))))
                .then();
    }
}
