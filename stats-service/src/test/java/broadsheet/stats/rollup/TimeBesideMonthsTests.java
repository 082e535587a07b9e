package broadsheet.stats.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeBesideMonthsTests {

    private static final Instant FROM = Instant.parse("2026-02-10T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-07-04T00:00:00Z");

    @Test
    void whatLiesBeforeBetweenAndBehindMonthsIsLeftInWhateverOrderTheStoreHasThem() {
        List<TimeBesideMonths> parts = TimeBesideMonths.of(
                List.of(YearMonth.of(2026, 6), YearMonth.of(2026, 3), YearMonth.of(2026, 4)), FROM, TO);

        assertThat(parts)
                .containsExactly(
                        new TimeBesideMonths(FROM, Instant.parse("2026-03-01T00:00:00Z")),
                        new TimeBesideMonths(
                                Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-06-01T00:00:00Z")),
                        new TimeBesideMonths(Instant.parse("2026-07-01T00:00:00Z"), TO));
    }

    @Test
    void withoutMonthsAllOfItIsLeftAndOfAnEmptyTimeNothing() {
        assertThat(TimeBesideMonths.of(List.of(), FROM, TO)).containsExactly(new TimeBesideMonths(FROM, TO));
        assertThat(TimeBesideMonths.of(List.of(), TO, TO)).isEmpty();
    }
}
