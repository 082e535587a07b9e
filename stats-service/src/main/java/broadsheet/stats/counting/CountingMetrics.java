package broadsheet.stats.counting;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code broadsheet.stats.views} by outcome; a view that was redelivered may be in it twice, unlike in the ledger. */
@Component
class CountingMetrics {

    private final MeterRegistry meters;

    CountingMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void counted(List<Decided> records) {
        Map<Outcome, Long> outcomes =
                records.stream().collect(Collectors.groupingBy(Decided::outcome, Collectors.counting()));
        outcomes.forEach((outcome, count) -> meters.counter("broadsheet.stats.views", "outcome", outcome.column())
                .increment(count));
    }
}
