package broadsheet.stats.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonthTotalsTests {

    private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-02-28T00:00:00Z");

    @Test
    void eachDayIsReadAsItWas() {
        DayTotals first = day(FIRST, 1, Map.of());
        DayTotals last = day(LAST, 1_000, Map.of(Classification.BOT, numbers(Day.HOURS, 3)));

        List<DayTotals> days = MonthTotals.of(MonthTotals.document(YearMonth.of(2026, 2), List.of(last, first))
                        .append("_id", "day-month@2026-02"))
                .days();

        assertThat(days).hasSize(28);
        assertThat(days.get(0))
                .usingRecursiveComparison()
                .ignoringFields("others")
                .isEqualTo(first);
        assertThat(days.get(0).views(Classification.BOT, 0, 24)).isZero();
        assertThat(days.get(1).start()).isEqualTo(FIRST.plus(Duration.ofDays(1)));
        assertThat(days.get(1).hits(FIRST, LAST)).isZero();
        assertThat(days.get(27)).usingRecursiveComparison().isEqualTo(last);
    }

    private static DayTotals day(Instant start, long least, Map<Classification, long[]> others) {
        return new DayTotals(
                start,
                numbers(DayTotals.QUARTERS, least),
                others,
                numbers(Day.HOURS, least + 1),
                numbers(Day.HOURS, least + 2),
                numbers(Day.HOURS, least + 3));
    }

    private static long[] numbers(int length, long least) {
        long[] numbers = new long[length];
        Arrays.setAll(numbers, index -> least + index);
        return numbers;
    }
}
