package broadsheet.stats.rollup;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** What is left of a time without some months in UTC. */
record TimeBesideMonths(Instant from, Instant to) {

    /** The parts of {@code [from, to)} that lie in none of these. */
    static List<TimeBesideMonths> of(List<YearMonth> months, Instant from, Instant to) {
        List<TimeBesideMonths> parts = new ArrayList<>();
        Instant start = from;
        for (YearMonth month : months.stream().sorted().toList()) {
            if (start.isBefore(RollupIds.start(month))) {
                parts.add(new TimeBesideMonths(start, RollupIds.start(month)));
            }
            start = RollupIds.start(month.plusMonths(1));
        }
        if (start.isBefore(to)) {
            parts.add(new TimeBesideMonths(start, to));
        }
        return parts;
    }
}
