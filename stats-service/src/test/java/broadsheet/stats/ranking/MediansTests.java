package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTests {

    @Test
    void theMedianIsInTheMiddle() {
        assertThat(Medians.of(List.of())).isZero();
        assertThat(Medians.of(List.of(7L))).isEqualTo(7);
        assertThat(Medians.of(List.of(9L, 1L, 2L))).isEqualTo(2);
        assertThat(Medians.of(List.of(9L, 1L, 2L, 4L))).isEqualTo(3);
    }
}
