package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.history.KeyHits;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the whole site had by the keys of a dimension: of whole months and days their columns, of days in part their hours. */
@Component
class SiteBreakdowns {

    private static final Duration DAY = Duration.ofDays(1);

    private final SiteRollups rollups;

    SiteBreakdowns(SiteRollups rollups) {
        this.rollups = rollups;
    }

    /** What a dimension's keys had on a day. */
    record DayKeyHits(Instant day, List<KeyHits> keys) {}

    /** In {@code [from, to)}, as far as it is added up. */
    Mono<BreakdownBuilder> find(Dimension dimension, Instant from, Instant to) {
        Instant end = to.truncatedTo(ChronoUnit.DAYS);
        Instant start =
                isMidnight(from) ? from : from.truncatedTo(ChronoUnit.DAYS).plus(DAY);
        List<Instant> inPart =
                Stream.of(from, to).filter(time -> !isMidnight(time)).toList();
        return months(dimension, start, end)
                .collectList()
                .flatMap(months -> Flux.merge(
                                Flux.fromIterable(months).map(month -> add(month.keys())),
                                wholeDays(dimension, months, start, end).map(SiteBreakdowns::add),
                                byHour(dimension, inPart).map(SiteBreakdowns::add))
                        .reduceWith(() -> new BreakdownBuilder(from, to), (builder, part) -> part.apply(builder)));
    }

    private static boolean isMidnight(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.DAYS));
    }

    private static UnaryOperator<BreakdownBuilder> add(List<KeyNumbers> keys) {
        return builder -> builder.add(keys);
    }

    private static UnaryOperator<BreakdownBuilder> add(DayKeyHits day) {
        return builder -> builder.add(day.day(), day.keys());
    }

    /** The months that are over and lie wholly in {@code [from, to)}, as far as they are added up. */
    Flux<MonthRollup> months(Dimension dimension, Instant from, Instant to) {
        var months = RollupIds.months(dimension.parameter(), RollupIds.firstMonth(from), RollupIds.month(to));
        return rollups.read(and(months, KeyNumbers.areColumns()), MonthRollup.fields())
                .map(MonthRollup::of);
    }

    private Flux<List<KeyNumbers>> wholeDays(Dimension dimension, List<MonthRollup> beside, Instant from, Instant to) {
        List<YearMonth> months = beside.stream().map(MonthRollup::month).toList();
        return Flux.fromIterable(TimeBesideMonths.of(months, from, to))
                .flatMap(time -> rollups.read(
                        RollupIds.days(dimension.parameter(), time.from(), time.to()), DayColumns.ofWholeDay()))
                .map(DayColumns::wholeDay);
    }

    /** The days that these times lie in; those without hits are left out. */
    Flux<DayKeyHits> byHour(Dimension dimension, Collection<Instant> times) {
        List<String> ids = times.stream()
                .map(time -> RollupIds.of(dimension.parameter(), time))
                .distinct()
                .toList();
        return ids.isEmpty()
                ? Flux.empty()
                : rollups.read(in("_id", ids), DayColumns.ofHours())
                        .map(stored -> new DayKeyHits(RollupIds.day(stored), DayColumns.byHour(stored)));
    }
}
