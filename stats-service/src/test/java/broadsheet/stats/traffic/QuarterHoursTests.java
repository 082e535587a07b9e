package broadsheet.stats.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuarterHoursTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void minutesAreAddedUpToTheQuartersBeforeTheEnd() {
        var hits = new TreeMap<Instant, Long>();
        for (int minute = -80; minute < 5; minute++) {
            hits.put(NOON.plusSeconds(60L * minute), minute < -15 ? 2L : 1L);
        }

        assertThat(QuarterHours.until(NOON, hits)).isEqualTo(quarters(15, 30, 30, 30, 30));
        assertThat(QuarterHours.until(NOON, new TreeMap<>())).isEqualTo(quarters(0, 0, 0, 0, 0));
    }

    @Test
    void oneThatWasReadSteadilyAndHardlyIsAnyMoreHasDropped() {
        QuarterHours others = quarters(1_000, 1_000, 1_000, 1_000, 1_000);
        assertThat(isDrop(quarters(6, 30, 30, 30, 30), others)).isTrue();
        assertThat(isDrop(quarters(7, 30, 30, 30, 30), others)).isFalse();
        assertThat(isDrop(quarters(0, 29, 29, 29, 29), others))
                .as("too few to tell")
                .isFalse();
        assertThat(isDrop(quarters(0, 400, 10, 0, 0), others))
                .as("the end of a rise")
                .isFalse();
        assertThat(isDrop(quarters(500, 500, 500, 500, 500), others)).isFalse();
    }

    @Test
    void whereAllAreReadLessNoneHasDropped() {
        assertThat(isDrop(quarters(6, 60, 60, 60, 60), quarters(100, 1_000, 1_000, 1_000, 1_000)))
                .as("the night, or a site that is down")
                .isFalse();
        assertThat(isDrop(quarters(6, 300, 300, 300, 300), quarters(500, 1_000, 1_000, 1_000, 1_000)))
                .isTrue();
        assertThat(isDrop(quarters(0, 60, 60, 60, 60), quarters(0, 5, 5, 5, 5)))
                .as("the only one that is read")
                .isTrue();
    }

    private static boolean isDrop(QuarterHours article, QuarterHours others) {
        return article.isSuddenDrop(QuarterHours.sum(List.of(article, others)));
    }

    private static QuarterHours quarters(long last, long first, long second, long third, long fourth) {
        return new QuarterHours(List.of(first, second, third, fourth), last);
    }
}
