package broadsheet.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTests {

    private static final Instant TIME = Instant.parse("2026-05-04T10:00:00.123Z");
    private static final Uuid TOPIC = Uuid.randomUuid();

    @Test
    void whatIsEncodedIsDecoded() {
        var position = position(0, 127, 128, 300_000, Long.MAX_VALUE, 5);
        assertThat(Position.decode(position.encode())).isEqualTo(position);
        var moment = Position.moment(TIME);
        assertThat(Position.decode(moment.encode())).isEqualTo(moment);
        assertThat(moment.isMoment()).isTrue();
    }

    @Test
    void anIdIsShortAndNeedsNoEscaping() {
        assertThat(position(900, 1_200, 40_000, 7, 0, 15_000).encode())
                .matches("[A-Za-z0-9_-]+")
                .hasSizeLessThan(55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "garbage", "!!!", "AAAA", "ÄÖ", "AQ", "%00"})
    void garbageIsRefused(String text) {
        assertThatThrownBy(() -> Position.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdThatWasCutOffOrAddedToIsRefused() {
        byte[] whole = Base64.getUrlDecoder().decode(position(1, 2, 3).encode());
        for (int length = 0; length < whole.length + 3; length++) {
            String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(whole, length));
            if (length != whole.length) {
                assertThatThrownBy(() -> Position.decode(text))
                        .as("%s of %s bytes", length, whole.length)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void noiseIsRefusedOrReadButNeverBreaks() {
        var random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 0) {
                noise[0] = 1;
            }
            try {
                Position read = Position.decode(Base64.getUrlEncoder().encodeToString(noise));
                assertThat(Position.decode(read.encode())).isEqualTo(read);
            } catch (IllegalArgumentException e) {
                // refused
            }
        }
    }

    @Test
    void aPartitionThatWasAddedLaterIsStillToCome() {
        assertThat(position(4, 5).next(7)).isZero();
        assertThat(position(4).at(2, 9)).isEqualTo(position(4, 0, 9));
        assertThat(position(4, 5).covers(position(4, 5, 1))).isFalse();
        assertThat(position(4, 5, 1).covers(position(4, 5))).isTrue();
    }

    @Test
    void positionsMeet() {
        assertThat(position(4, 9).upTo(position(7, 2, 1))).isEqualTo(position(7, 9, 1));
        assertThat(position(4, 9).downTo(position(7, 2, 1))).isEqualTo(position(4, 2, 0));
    }

    private static Position position(long... next) {
        return new Position(TOPIC, Arrays.stream(next).boxed().toList(), TIME);
    }

    @Test
    void nothingNegativeIsAPosition() {
        assertThatThrownBy(() -> new Position(TOPIC, List.of(-1L), TIME)).hasMessageContaining("negative");
    }
}
