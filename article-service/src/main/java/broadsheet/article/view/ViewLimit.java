package broadsheet.article.view;

import broadsheet.web.limit.RateLimit;
import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Limits the views from one network, and counts what is beyond. */
@Component
class ViewLimit {

    private final RateLimit limit;
    private final Counter refused;
    private final Counter left;

    ViewLimit(ViewLimitProperties limit, MeterRegistry meters) {
        this.limit = new RateLimit(limit.burst(), limit.perSecond(), Duration.ofSeconds(1));
        this.refused = counter("refused", meters);
        this.left = counter("left out", meters);
    }

    private static Counter counter(String what, MeterRegistry meters) {
        return Counter.builder("broadsheet.views.limited")
                .description(
                        "Views beyond the limit of an address: reports that were refused, and views beside an answer"
                                + " that were left out")
                .tag("view", what)
                .register(meters);
    }

    /** Takes a reported view, or refuses it with 429 and when to come again. */
    void take(String network) {
        Duration wait = limit.take(network);
        if (!wait.isZero()) {
            refused.increment();
            throw ProblemException.tooManyRequests("Too many views come from your address; try again shortly", wait);
        }
    }

    /** Whether a view beside an answer may be recorded. */
    boolean takesBesideAnswer(String network) {
        boolean takes = limit.take(network).isZero();
        if (!takes) {
            left.increment();
        }
        return takes;
    }
}
