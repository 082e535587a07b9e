package broadsheet.stats.position;

import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.UncountedViews.Part;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How far the counting is behind the views that Kafka has acknowledged. */
@Component
public class CountingLag extends PeriodicWork {

    private static final Duration MEASURED_EVERY = Duration.ofSeconds(5);
    private static final Duration CACHED_FOR = Duration.ofMillis(500);
    private static final Duration COMPLETE_WITHIN = Duration.ofSeconds(1);
    private static final int COMPLETE_TRIES = 5;
    private static final Duration REPORTED_WITHIN = Duration.ofMillis(900);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(3);

    private final UncountedViews uncounted;
    private final SpooledViews spooled;
    private final ServedGenerations served;
    private final InstantSource clock;
    private final Map<String, Instant> caughtUp = new ConcurrentHashMap<>();
    private final LagMetrics metrics;
    private final Mono<Report> report;

    CountingLag(
            UncountedViews uncounted,
            SpooledViews spooled,
            ServedGenerations served,
            InstantSource clock,
            LagMetrics metrics) {
        super(MEASURED_EVERY, MEASURED_EVERY);
        this.uncounted = uncounted;
        this.spooled = spooled;
        this.served = served;
        this.clock = clock;
        this.metrics = metrics;
        this.report = Mono.defer(this::measure)
                .timeout(REPORTED_WITHIN) // a caller who asks for a number does not wait for Kafka
                .doOnError(e -> metrics.unknown())
                .onErrorResume(e -> Mono.fromSupplier(() -> new Report(null, false, clock.instant())))
                .cache(CACHED_FOR);
    }

    /**
     * How current the numbers are.
     *
     * @param lagMillis age of the oldest view that may not be counted, at most; null while Kafka does not answer
     * @param complete whether every view that was acknowledged by then is counted: Kafka's, and no spool is known to hold
     *     more
     * @param asOf the moment that it is true of, up to half a second ago
     */
    public record Report(@Nullable Long lagMillis, boolean complete, Instant asOf) {}

    public Mono<Report> report() {
        return report;
    }

    /**
     * Whether a generation has counted every view that Kafka had acknowledged a second before; on a machine that is busy up to
     * five seconds.
     */
    public Mono<Boolean> isComplete(int generation) {
        return uncounted
                .acknowledged()
                .flatMap(log -> Flux.interval(COMPLETE_WITHIN)
                        .take(COMPLETE_TRIES)
                        .concatMap(second -> uncounted.of(log, generation).map(parts -> sum(parts) == 0))
                        .any(complete -> complete));
    }

    /** How far a generation is counted; fails while Kafka does not answer. */
    public Mono<Progress> progress(int generation) {
        return uncounted
                .acknowledged()
                .flatMap(log -> uncounted.of(log, generation).map(parts -> progress(log, sum(parts))))
                .timeout(TIME_LIMIT);
    }

    private static Progress progress(Map<String, Extent> log, long uncounted) {
        long views = log.values().stream()
                .mapToLong(extent -> extent.end() - extent.start())
                .sum();
        return new Progress(views - uncounted, views);
    }

    private static long sum(Map<String, Part> parts) {
        return parts.values().stream().mapToLong(Part::views).sum();
    }

    /**
     * How much is counted of what Kafka has.
     *
     * @param counted records
     * @param of so many
     */
    public record Progress(long counted, long of) {}

    private Mono<Report> measure() {
        Instant asOf = clock.instant(); // before Kafka is asked for its ends
        return Mono.zip(uncounted.acknowledged(), served.number(ServedGenerations.TOTALS))
                .flatMap(now -> uncounted.of(now.getT1(), now.getT2()))
                .map(parts -> report(parts, asOf));
    }

    private Report report(Map<String, Part> parts, Instant asOf) {
        Instant now = clock.instant();
        Instant oldest = now;
        for (var part : parts.entrySet()) {
            if (part.getValue().views() == 0) {
                caughtUp.put(part.getKey(), now);
            } else {
                Instant since =
                        caughtUp.getOrDefault(part.getKey(), part.getValue().clock());
                oldest = since.isBefore(oldest) ? since : oldest;
            }
        }
        Duration lag = Duration.between(oldest, now);
        metrics.measured(
                parts.entrySet().stream()
                        .collect(Collectors.toMap(
                                part -> PartitionPosition.number(part.getKey()),
                                part -> part.getValue().views())),
                lag);
        return new Report(lag.toMillis(), sum(parts) == 0 && spooled.areNone(), asOf);
    }

    @Override
    protected Mono<Void> run() {
        return report.then();
    }
}
