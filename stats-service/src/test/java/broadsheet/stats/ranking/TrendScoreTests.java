package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendScoreTests {

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 8", "10, 30", "100, 224", "1000, 2152", "100000, 214266"})
    void soManyHitsAreARise(double expected, long hits) {
        assertThat(TrendScore.of(hits, expected)).isGreaterThanOrEqualTo(TrendScore.TRENDING);
        assertThat(TrendScore.of(hits - 1, expected)).isLessThan(TrendScore.TRENDING);
    }

    @Test
    void whatWasExpectedIsNoRise() {
        for (int hits : new int[] {0, 1, 10, 1_000_000}) {
            assertThat(TrendScore.of(hits, hits)).isZero();
        }
    }

    @Test
    void fewHitsTrendNever() {
        assertThat(TrendScore.canTrend(4)).isFalse();
        assertThat(TrendScore.canTrend(5)).isTrue();
    }

    /** Poisson variables of gamma-distributed means are negative binomial ones. */
    @Test
    void chanceHasAStandardDeviationOfOneWhateverIsExpected() {
        var random = new Random(7);
        for (int expected : new int[] {10, 100, 1_000}) {
            double squares = 0;
            double sum = 0;
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                double score = TrendScore.of(hits(expected, random), expected);
                sum += score;
                squares += score * score;
            }
            double mean = sum / count;
            assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(1, within(0.05));
        }
    }

    private static long hits(double expected, Random random) {
        double gamma = 0;
        for (int i = 0; i < 16; i++) {
            gamma -= Math.log(1 - random.nextDouble());
        }
        double mean = expected * gamma / 16;
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
}
