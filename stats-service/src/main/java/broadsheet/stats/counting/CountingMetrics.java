package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What the counting of this instance tells Prometheus: views by outcome, batches, and what was forgotten or lost. A view that
 * is redelivered may be in it twice, unlike in the ledger.
 */
@Component
class CountingMetrics {

    private final Map<Classification, Counter> views;
    private final Timer batches;
    private final DistributionSummary batchSizes;
    private final Counter forgotten;
    private final Counter lost;

    CountingMetrics(MeterRegistry meters) {
        // each from the start, so that a query finds the first view of its kind
        this.views = Arrays.stream(Classification.values())
                .collect(Collectors.toMap(Function.identity(), outcome -> views(outcome, meters)));
        this.batches = Timer.builder("broadsheet.stats.batch")
                .description("From the reading of a batch of views to its stored position")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(meters);
        this.batchSizes = DistributionSummary.builder("broadsheet.stats.batch.views")
                .description("Views counted together")
                .register(meters);
        this.forgotten = Counter.builder("broadsheet.stats.forgotten")
                .description("Views that came while more were to be remembered than can be, so that duplicates or"
                        + " double clicks may be counted")
                .register(meters);
        this.lost = Counter.builder("broadsheet.stats.lost")
                .description("Views that Kafka deleted before they were counted")
                .register(meters);
    }

    private static Counter views(Classification outcome, MeterRegistry meters) {
        return Counter.builder("broadsheet.stats.views")
                .description("Views read from Kafka, by what they were classified as")
                .tag("outcome", outcome.column())
                .register(meters);
    }

    void lost(double views) {
        lost.increment(views);
    }

    /** @param took from the moment the batch was read */
    void counted(List<ClassifiedView> batch, Duration took) {
        batches.record(took);
        batchSizes.record(batch.size());
        batch.stream()
                .collect(Collectors.groupingBy(ClassifiedView::classification, Collectors.counting()))
                .forEach((outcome, count) -> requireNonNull(views.get(outcome)).increment(count));
        batch.stream().filter(ClassifiedView::memoryCutShort).forEach(view -> forgotten.increment());
    }
}
