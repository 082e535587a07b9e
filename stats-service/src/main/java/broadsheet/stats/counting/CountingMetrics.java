package broadsheet.stats.counting;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Counts {@code broadsheet.stats.views} by outcome; a redelivered view may be in it twice, unlike in the ledger. */
@Component
class CountingMetrics {

    private final MeterRegistry meters;

    CountingMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void counted(List<ClassifiedView> views) {
        Map<Classification, Long> counts =
                views.stream().collect(Collectors.groupingBy(ClassifiedView::classification, Collectors.counting()));
        counts.forEach((classification, count) -> Counter.builder("broadsheet.stats.views")
                .description("Views read from Kafka, by what they were classified as")
                .tag("outcome", classification.column())
                .register(meters)
                .increment(count));
    }
}
