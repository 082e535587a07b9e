package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RankingScheduleTests {

    private static final Instant NOW = Instant.parse("2026-03-02T06:30:00Z");

    private final RankingSchedule schedule = new RankingSchedule();

    @Test
    void atFirstAllAreDue() {
        assertThat(schedule.rested(NOW)).containsExactly(Period.values());
        assertThat(schedule.isDue(Period.DAY, "nothing", NOW)).isTrue();
    }

    @Test
    void countedViewsMakeOneDueASecondLater() {
        schedule.made(Period.DAY, "one view", NOW, Duration.ofMillis(5));

        assertThat(schedule.rested(NOW.plusMillis(999))).doesNotContain(Period.DAY);
        Instant later = NOW.plusSeconds(1);
        assertThat(schedule.rested(later)).contains(Period.DAY);
        assertThat(schedule.isDue(Period.DAY, "one view", later)).isFalse();
        assertThat(schedule.isDue(Period.DAY, "two views", later)).isTrue();
    }

    @Test
    void withoutViewsTimeMakesOneDue() {
        schedule.made(Period.DAY, "one view", NOW, Duration.ofMillis(5));

        assertThat(schedule.isDue(Period.DAY, "one view", NOW.plusSeconds(9))).isFalse();
        assertThat(schedule.isDue(Period.DAY, "one view", NOW.plusSeconds(10))).isTrue();
    }

    @Test
    void whatTakesLongIsMadeSeldom() {
        schedule.made(Period.DAY, "views", NOW, Duration.ofSeconds(2));
        schedule.made(Period.MONTH, "views", NOW, Duration.ofMinutes(2));

        assertThat(schedule.rested(NOW.plusSeconds(79))).doesNotContain(Period.DAY);
        assertThat(schedule.rested(NOW.plusSeconds(80))).contains(Period.DAY);
        assertThat(schedule.rested(NOW.plusSeconds(299))).doesNotContain(Period.MONTH);
        assertThat(schedule.rested(NOW.plusSeconds(300))).contains(Period.MONTH);
    }

    @Test
    void afterAFailureNoneIsMadeForAWhile() {
        schedule.failed(NOW);

        assertThat(schedule.rested(NOW.plusSeconds(9))).isEmpty();
        assertThat(schedule.rested(NOW.plusSeconds(10))).containsExactly(Period.values());
    }
}
