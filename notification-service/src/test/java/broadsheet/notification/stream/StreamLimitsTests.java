package broadsheet.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.notification.stream.StreamLimits.Slot;
import org.junit.jupiter.api.Test;

class StreamLimitsTests {

    private final StreamLimits limits = new StreamLimits(3, 2);

    @Test
    void anAddressHasAsManyAsItMayAndOthersHaveTheirs() {
        Slot first = limits.acquire("a");
        limits.acquire("a");
        assertThatThrownBy(() -> limits.acquire("a")).hasMessageContaining("429");
        assertThatThrownBy(() -> limits.check("a")).hasMessageContaining("429");
        limits.acquire("b");
        assertThatThrownBy(() -> limits.check("c")).hasMessageContaining("503");
        assertThatThrownBy(() -> limits.acquire("c")).hasMessageContaining("503");
        assertThat(limits.open()).isEqualTo(3);

        first.release();
        first.release();
        assertThat(limits.open()).isEqualTo(2);
        limits.acquire("a");
    }
}
