package broadsheet.stats.milestone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitThresholdsTests {

    private final HitThresholds thresholds = new HitThresholds(properties(List.of(10L, 3L, 3L)));

    @Test
    void aThresholdIsReachedOnceByTheHitThatMakesItTrue() {
        assertThat(thresholds.reached(1, 2)).isEmpty();
        assertThat(thresholds.reached(2, 3)).containsExactly(3L);
        assertThat(thresholds.reached(3, 4)).isEmpty();
        assertThat(thresholds.reached(3, 3)).isEmpty();
    }

    @Test
    void severalMayBeReachedAtOnce() {
        assertThat(thresholds.reached(0, 20)).containsExactly(3L, 10L);
        assertThat(new HitThresholds(properties(List.of())).reached(0, 20)).isEmpty();
    }

    @Test
    void totalsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(List.of(100L, 0L)))
                .withMessageContaining("milestones.hits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MilestoneProperties("news.milestones", List.of(), 20, Duration.ZERO))
                .withMessageContaining("news-for");
    }

    private static MilestoneProperties properties(List<Long> hits) {
        return new MilestoneProperties("news.milestones", hits, 20, Duration.ofHours(24));
    }
}
