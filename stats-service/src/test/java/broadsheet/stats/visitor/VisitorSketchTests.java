package broadsheet.stats.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorSketchTests {

    private static final int PRECISION = 12;
    private static final int EXACT = 512;
    private static final int FOUR_STANDARD_ERRORS = 5; // percent

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 218, EXACT})
    void fewVisitorsAreExact(int count) {
        assertThat(read(visitors(0, count)).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {EXACT + 1, 10_000, 1_000_000})
    void manyVisitorsAreCloseAndTakeNoMoreSpace(int count) {
        VisitorSketch many = read(visitors(0, count));

        assertThat(many.count()).isCloseTo(count, withPercentage(FOUR_STANDARD_ERRORS));
        assertThat(many.toBytes()).hasSize(1 + (1 << PRECISION));
    }

    @ParameterizedTest
    @ValueSource(ints = {218, 10_000})
    void whoComesAgainIsTheSameVisitor(int count) {
        VisitorSketch sketch = read(visitors(0, count));
        long once = sketch.count();

        sketch.addAll(visitors(0, count).toBytes());
        IntStream.range(0, count).forEach(visitor -> sketch.add("visitor-" + visitor));

        assertThat(sketch.count()).isEqualTo(once);
    }

    @Test
    void fewAndFewTogetherAreExact() {
        VisitorSketch sketch = visitors(0, 200);

        sketch.addAll(visitors(100, 400).toBytes());

        assertThat(sketch.count()).isEqualTo(400);
    }

    @Test
    void fewAndManyCanBeJoinedInAnyOrder() {
        VisitorSketch manyFirst = visitors(0, 10_000);
        manyFirst.addAll(visitors(9_900, 10_100).toBytes());
        VisitorSketch fewFirst = visitors(9_900, 10_100);
        fewFirst.addAll(visitors(0, 10_000).toBytes());

        assertThat(manyFirst.count()).isCloseTo(10_100, withPercentage(FOUR_STANDARD_ERRORS));
        assertThat(fewFirst.toBytes()).isEqualTo(manyFirst.toBytes());
    }

    @Test
    void aMorePreciseOneTakesTheHoursOfALessPreciseOne() {
        var day = new VisitorSketch(PRECISION + 2);
        for (int hour = 0; hour < 24; hour++) {
            day.addAll(visitors(hour * 1_000, hour * 1_000 + 2_000).toBytes());
        }

        assertThat(day.count()).isCloseTo(25_000, withPercentage(FOUR_STANDARD_ERRORS));
    }

    private static VisitorSketch visitors(int from, int to) {
        var sketch = new VisitorSketch(PRECISION);
        IntStream.range(from, to).forEach(visitor -> sketch.add("visitor-" + visitor));
        return sketch;
    }

    private static VisitorSketch read(VisitorSketch written) {
        var sketch = new VisitorSketch(PRECISION);
        sketch.addAll(written.toBytes());
        return sketch;
    }
}
