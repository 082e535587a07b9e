package broadsheet.stats.counting;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Counts {@code broadsheet.stats.views} by outcome, and {@code broadsheet.stats.forgotten} and {@code broadsheet.stats.lost};
 * a redelivered view may be in them twice, unlike in the ledger.
 */
@Component
class CountingMetrics {

    private final MeterRegistry meters;
    private final Counter forgotten;
    private final Counter lost;

    CountingMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.forgotten = Counter.builder("broadsheet.stats.forgotten")
                .description("Views that came while more were to be remembered than can be, so that duplicates or"
                        + " double clicks may be counted")
                .register(meters);
        this.lost = Counter.builder("broadsheet.stats.lost")
                .description("Views that Kafka deleted before they were counted")
                .register(meters);
    }

    void lost(double views) {
        lost.increment(views);
    }

    void counted(List<ClassifiedView> views) {
        Map<Classification, Long> counts =
                views.stream().collect(Collectors.groupingBy(ClassifiedView::classification, Collectors.counting()));
        counts.forEach((classification, count) -> Counter.builder("broadsheet.stats.views")
                .description("Views read from Kafka, by what they were classified as")
                .tag("outcome", classification.column())
                .register(meters)
                .increment(count));
        views.stream().filter(ClassifiedView::memoryCutShort).forEach(view -> forgotten.increment());
    }
}
