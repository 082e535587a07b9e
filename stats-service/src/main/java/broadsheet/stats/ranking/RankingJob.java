package broadsheet.stats.ranking;

import broadsheet.kafka.OutageLog;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.ServedPositions;
import broadsheet.store.PeriodicWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes the rankings again as views are counted, and with those of the last hour what is trending, on one instance at a time. */
@Component
class RankingJob extends PeriodicWork {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration RELEASE_TIME_LIMIT = Duration.ofSeconds(2);

    private final RankingLease lease;
    private final CountingLag lag;
    private final RankingMaker maker;
    private final TrendMaker trends;
    private final ServedPositions positions;
    private final ServedGenerations generations;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final RankingSchedule schedule = new RankingSchedule();
    private final OutageLog outage = new OutageLog(LoggerFactory.getLogger(RankingJob.class), InstantSource.system());

    RankingJob(
            RankingLease lease,
            CountingLag lag,
            RankingMaker maker,
            TrendMaker trends,
            ServedPositions positions,
            ServedGenerations generations,
            InstantSource clock,
            MeterRegistry meters) {
        super(Duration.ZERO, EVERY);
        this.lease = lease;
        this.lag = lag;
        this.maker = maker;
        this.trends = trends;
        this.positions = positions;
        this.generations = generations;
        this.clock = clock;
        this.meters = meters;
    }

    /** A store that is away is asked again some seconds later. */
    @Override
    protected Mono<Void> run() {
        List<Period> rested = schedule.rested(clock.instant());
        return Mono.just(rested)
                .filter(periods -> !periods.isEmpty())
                .filterWhen(periods -> lease.isHeld())
                .flatMap(periods -> counted().flatMap(counted -> makeDue(periods, counted)))
                .doOnSuccess(done -> outage.recovered("Rankings are made again"))
                .doOnError(e -> {
                    schedule.failed(clock.instant());
                    outage.failed("Rankings are not made, and stay as they are: {}", e.toString());
                })
                .onErrorComplete();
    }

    /** Read before the numbers are: what is counted later makes them due again. */
    private Mono<Object> counted() {
        return Mono.zip(positions.all(), generations.all()).map(counted -> counted);
    }

    private Mono<Void> makeDue(List<Period> rested, Object counted) {
        return Flux.fromIterable(rested)
                .filter(period -> schedule.isDue(period, counted, clock.instant()))
                .concatMap(period -> lease.isHeld()
                        .filter(held -> held)
                        .flatMap(held -> lag.report())
                        .flatMap(report -> make(period, report).elapsed())
                        .doOnNext(made -> note(period, counted, Duration.ofMillis(made.getT1()))))
                .then();
    }

    private void note(Period period, Object counted, Duration took) {
        schedule.made(period, counted, clock.instant(), took);
        Timer.builder("broadsheet.stats.rankings")
                .description("Time that it takes to find the most read articles of a period")
                .tag("period", period.parameter())
                .register(meters)
                .record(took);
    }

    private Mono<Period> make(Period period, CountingLag.Report report) {
        Instant start = period.start(clock.instant());
        return maker.make(period, start, report)
                .flatMap(made -> period == Period.HOUR ? trends.make(made, start) : Mono.empty())
                .thenReturn(period);
    }

    @Override
    public void stop() {
        super.stop();
        lease.release().timeout(RELEASE_TIME_LIMIT).onErrorComplete().block();
    }
}
