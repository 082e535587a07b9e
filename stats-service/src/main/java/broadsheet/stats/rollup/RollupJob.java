package broadsheet.stats.rollup;

import broadsheet.kafka.OutageLog;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayCompaction;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds up days for the whole site as views are counted, and then lets old ones lose detail: of the generation that is served, and
 * of others once they have caught up; days of those that were replaced lose detail too. So seldom that it takes a twentieth of
 * the time, but for days that wait to be added up; several instances do the same work.
 */
@Component
class RollupJob extends PeriodicWork {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration ALL_DAYS_EVERY = Duration.ofMinutes(10);
    private static final Duration RECENT = Duration.ofDays(2);
    private static final Duration FAR_BEHIND = Duration.ofHours(12);

    /** Longer than it takes until an article is erased. */
    private static final Duration ERASING = Duration.ofMinutes(15);

    private static final int SHARE = 20;

    private final Generations generations;
    private final ServedCollections served;
    private final DayRollups rollups;
    private final MonthRollups months;
    private final StoredRollups stored;
    private final DayCompaction compaction;
    private final CountingLag lag;
    private final ErasedArticles erased;
    private final InstantSource clock;
    private final OutageLog outage = new OutageLog(LoggerFactory.getLogger(RollupJob.class), InstantSource.system());
    private final Map<Integer, Instant> allDaysAt = new HashMap<>();
    private Instant notBefore = Instant.EPOCH;

    RollupJob(
            Generations generations,
            ServedCollections served,
            DayRollups rollups,
            MonthRollups months,
            StoredRollups stored,
            DayCompaction compaction,
            CountingLag lag,
            ErasedArticles erased,
            InstantSource clock) {
        super(EVERY, EVERY);
        this.generations = generations;
        this.served = served;
        this.rollups = rollups;
        this.months = months;
        this.stored = stored;
        this.compaction = compaction;
        this.lag = lag;
        this.erased = erased;
        this.clock = clock;
    }

    /** A store that is away is asked again two seconds later. */
    @Override
    protected Mono<Void> run() {
        return Mono.defer(() -> clock.instant().isBefore(notBefore) ? Mono.empty() : refreshAll())
                .doOnSuccess(done -> outage.recovered("Days are added up again"))
                .doOnError(e -> outage.failed("Days are not added up, and stay as they are: {}", e.toString()))
                .onErrorComplete();
    }

    private Mono<Void> refreshAll() {
        Instant began = clock.instant();
        return Mono.zip(generations.counted().collectList(), served.number(ArticleDays.COLLECTION), lag.report())
                .flatMap(now -> Flux.fromIterable(now.getT1())
                        .filter(RollupJob::hasDays)
                        .map(Generation::number)
                        .filterWhen(number -> number.equals(now.getT2()) ? Mono.just(true) : lag.isComplete(number))
                        .concatMap(number -> refresh(number, now.getT3()))
                        .reduce(true, Boolean::logicalAnd))
                .delayUntil(done -> compactRetired())
                .doOnNext(done -> {
                    Instant ended = clock.instant();
                    notBefore = done ? ended.plus(Duration.between(began, ended).multipliedBy(SHARE)) : ended;
                })
                .then();
    }

    private static boolean hasDays(Generation generation) {
        return generation.projections().contains(ArticleDays.COLLECTION)
                && generation.projections().contains(SiteDays.COLLECTION);
    }

    /** Whether nothing of it is left to be added up. */
    private Mono<Boolean> refresh(int generation, CountingLag.Report counted) {
        Instant now = clock.instant();
        boolean changing = isFarBehind(counted) || erased.anySince(now.minus(ERASING));
        boolean all = changing || areAllDaysDue(generation, now);
        Instant from = all ? Instant.EPOCH : now.minus(RECENT).truncatedTo(ChronoUnit.DAYS);
        Instant to = now.plus(RECENT);
        return rollups.refresh(generation, from, to)
                .delayUntil(done -> months.refresh(generation, from, to, now))
                .delayUntil(done -> done ? stored.storeRun(generation, counted, all) : Mono.empty())
                .delayUntil(done -> done && all ? compaction.compact(generation) : Mono.empty())
                .doOnNext(done -> {
                    if (done && all) {
                        allDaysAt.put(generation, changing ? Instant.EPOCH : now);
                    }
                });
    }

    /** So that old days may change. */
    private static boolean isFarBehind(CountingLag.Report counted) {
        Long lag = counted.lagMillis();
        return lag != null && lag > FAR_BEHIND.toMillis();
    }

    /** Those that are kept for a while after they were replaced lose detail as well; what they had is added up. */
    private Mono<Void> compactRetired() {
        Instant now = clock.instant();
        return generations
                .retiredBefore(now)
                .filter(RollupJob::hasDays)
                .map(Generation::number)
                .filter(generation -> areAllDaysDue(generation, now))
                .concatMap(generation ->
                        compaction.compact(generation).doOnSuccess(done -> allDaysAt.put(generation, now)))
                .then();
    }

    private boolean areAllDaysDue(int generation, Instant now) {
        return !now.isBefore(allDaysAt.getOrDefault(generation, Instant.EPOCH).plus(ALL_DAYS_EVERY));
    }
}
