package broadsheet.stats.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningsTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 30_000, 60_000, 60_001, 600_000})
    void knowsADoubleClickAsIfItKeptEveryOpening(long doubleClick) {
        var random = new Random(doubleClick);
        long start = 1_772_366_400_000L;
        for (int round = 0; round < 200; round++) {
            var openings = new Openings(doubleClick);
            List<Long> times = new ArrayList<>();
            for (int opening = 0; opening < 50; opening++) {
                long at = start + random.nextLong(20 * doubleClick);
                boolean expected = times.stream().anyMatch(time -> Math.abs(time - at) <= doubleClick);
                assertThat(openings.isDoubleClick(42, at)).isEqualTo(expected);
                assertThat(openings.isDoubleClick(43, at)).isFalse();
                if (random.nextInt(3) == 0) {
                    openings.add(42, at);
                    times.add(at);
                }
            }
        }
    }
}
