package broadsheet.stats.position;

import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
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

    private final ViewsTopic topic;
    private final PartitionPositions positions;
    private final SpooledViews spooled;
    private final ServedGenerations served;
    private final InstantSource clock;
    private final Map<String, Instant> caughtUp = new ConcurrentHashMap<>();
    private final LagMetrics metrics;
    private final Mono<Report> report;

    CountingLag(
            ViewsTopic topic,
            PartitionPositions positions,
            SpooledViews spooled,
            ServedGenerations served,
            InstantSource clock,
            LagMetrics metrics) {
        super(MEASURED_EVERY, MEASURED_EVERY);
        this.topic = topic;
        this.positions = positions;
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
        return extents()
                .flatMap(extents -> Flux.interval(COMPLETE_WITHIN)
                        .take(COMPLETE_TRIES)
                        .concatMap(second -> counted(extents, generation)
                                .map(counted -> extents.entrySet().stream()
                                        .allMatch(extent ->
                                                missing(extent.getValue(), counted.get(extent.getKey())) <= 0)))
                        .any(complete -> complete));
    }

    /** How far a generation is counted; fails while Kafka does not answer. */
    public Mono<Progress> progress(int generation) {
        return extents()
                .flatMap(extents -> counted(extents, generation).map(counted -> progress(extents, counted)))
                .timeout(TIME_LIMIT);
    }

    private static Progress progress(Map<String, Extent> extents, Map<String, PartitionPosition> counted) {
        long views = 0;
        long missing = 0;
        for (var extent : extents.entrySet()) {
            views += extent.getValue().end() - extent.getValue().start();
            missing += missing(extent.getValue(), counted.get(extent.getKey()));
        }
        return new Progress(views - missing, views);
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
        return Mono.zip(extents(), served.number(ServedGenerations.TOTALS))
                .flatMap(now -> counted(now.getT1(), now.getT2()).map(counted -> report(now.getT1(), counted, asOf)));
    }

    private Mono<Map<String, Extent>> extents() {
        return Mono.zip(topic.id(), topic.extents())
                .map(views -> views.getT2().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> PartitionPosition.partitionKey(views.getT1(), entry.getKey()),
                                Map.Entry::getValue)));
    }

    private Mono<Map<String, PartitionPosition>> counted(Map<String, Extent> partitions, int generation) {
        return positions.of(generation).find(partitions.keySet()).collectMap(PartitionPosition::partition);
    }

    private Report report(Map<String, Extent> partitions, Map<String, PartitionPosition> counted, Instant asOf) {
        Instant now = clock.instant();
        Map<Integer, Long> uncounted = new HashMap<>();
        Instant oldest = now;
        for (var partition : partitions.entrySet()) {
            PartitionPosition position = counted.get(partition.getKey());
            long missing = missing(partition.getValue(), position);
            uncounted.put(PartitionPosition.number(partition.getKey()), Math.max(0, missing));
            if (missing <= 0) {
                caughtUp.put(partition.getKey(), now);
            } else {
                Instant since =
                        caughtUp.getOrDefault(partition.getKey(), position == null ? Instant.EPOCH : position.clock());
                oldest = since.isBefore(oldest) ? since : oldest;
            }
        }
        Duration lag = Duration.between(oldest, now);
        metrics.measured(uncounted, lag);
        boolean caughtUpWithAll = uncounted.values().stream().allMatch(views -> views == 0);
        return new Report(lag.toMillis(), caughtUpWithAll && spooled.areNone(), asOf);
    }

    /** At most all that there is, where the log lost its end and the counting has not noticed yet. */
    private static long missing(Extent log, @Nullable PartitionPosition position) {
        long next = position == null ? 0 : position.next().offset();
        return log.end() - (next > log.end() ? log.start() : Math.max(log.start(), next));
    }

    @Override
    protected Mono<Void> run() {
        return report.then();
    }
}
