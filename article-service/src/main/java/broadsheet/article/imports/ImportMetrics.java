package broadsheet.article.imports;

import broadsheet.article.imports.ImportJob.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How many imports came to their end, and how many failed. */
@Component
class ImportMetrics {

    private final MeterRegistry meters;

    ImportMetrics(MeterRegistry meters) {
        this.meters = meters;
        ended(State.DONE);
        ended(State.FAILED);
    }

    void count(State end) {
        ended(end).increment();
    }

    private Counter ended(State state) {
        return Counter.builder("broadsheet.imports.ended")
                .description("Imports that ended")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
