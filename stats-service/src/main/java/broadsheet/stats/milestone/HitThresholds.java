package broadsheet.stats.milestone;

import java.util.List;
import org.springframework.stereotype.Component;

/** The totals of an article's hits that are worth an alert. */
@Component
public final class HitThresholds {

    private final List<Long> thresholds;

    public HitThresholds(MilestoneProperties properties) {
        this.thresholds = properties.hits();
    }

    /** Those that a total reaches by growing. */
    public List<Long> reached(long before, long after) {
        return thresholds.stream()
                .filter(threshold -> threshold > before && threshold <= after)
                .toList();
    }
}
