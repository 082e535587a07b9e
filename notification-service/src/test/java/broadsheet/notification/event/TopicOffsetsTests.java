package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicOffsetsTests {

    private static final Instant TIME = Instant.parse("2026-05-04T10:00:00.123Z");
    private static final Uuid TOPIC = Uuid.randomUuid();

    @Test
    void aPartitionThatWasAddedLaterIsStillToCome() {
        assertThat(offsets(4, 5).next(7)).isZero();
        assertThat(offsets(4).at(2, 9)).isEqualTo(offsets(4, 0, 9));
        assertThat(offsets(4, 5).covers(offsets(4, 5, 1))).isFalse();
        assertThat(offsets(4, 5, 1).covers(offsets(4, 5))).isTrue();
    }

    @Test
    void offsetsMeet() {
        assertThat(offsets(4, 9).upTo(offsets(7, 2, 1))).isEqualTo(offsets(7, 9, 1));
        assertThat(offsets(4, 9).downTo(offsets(7, 2, 1))).isEqualTo(offsets(4, 2, 0));
    }

    private static TopicOffsets offsets(long... next) {
        return new TopicOffsets(TOPIC, Arrays.stream(next).boxed().toList(), TIME);
    }

    @Test
    void nothingNegativeIsATopicOffsets() {
        assertThatThrownBy(() -> new TopicOffsets(TOPIC, List.of(-1L), TIME)).hasMessageContaining("negative");
    }
}
