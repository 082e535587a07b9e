package broadsheet.stats.position;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * What Prometheus is told of the lag. Every instance measures all partitions, so that the lag is seen also where the
 * instance that ought to count is gone; a query takes the highest of each partition.
 */
@Component
class LagMetrics {

    private final MeterRegistry meters;
    private final Map<Integer, AtomicLong> uncounted = new ConcurrentHashMap<>();
    private volatile double seconds = Double.NaN;

    LagMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("broadsheet.stats.lag.age", () -> seconds)
                .description(
                        "Age of the oldest view that may not be counted, at most; no number while Kafka or the store"
                                + " does not answer")
                .baseUnit("seconds")
                .register(meters);
    }

    /** @param views not yet counted, by number of the partition */
    void measured(Map<Integer, Long> views, Duration age) {
        uncounted.forEach((partition, known) -> known.set(views.getOrDefault(partition, 0L)));
        views.forEach((partition, missing) ->
                uncounted.computeIfAbsent(partition, this::gauge).set(missing));
        seconds = age.toMillis() / 1000.0;
    }

    /** The last lag by partition stays; it says how much there was. */
    void unknown() {
        seconds = Double.NaN;
    }

    private AtomicLong gauge(int partition) {
        var views = new AtomicLong();
        Gauge.builder("broadsheet.stats.lag", views, AtomicLong::get)
                .description("Views that Kafka has and that are not counted yet")
                .tag("partition", String.valueOf(partition))
                .register(meters);
        return views;
    }
}
