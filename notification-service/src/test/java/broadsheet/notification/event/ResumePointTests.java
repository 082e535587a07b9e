package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumePointTests {

    private static final Instant TIME = Instant.parse("2026-05-04T10:00:00.123Z");

    @Test
    void whatIsEncodedIsDecoded() {
        var point = at(0, 127, 128, 300_000, Long.MAX_VALUE, 5);
        assertThat(ResumePoint.decode(point.encode())).isEqualTo(point);
        var moment = new ResumePoint.AtMoment(TIME);
        assertThat(ResumePoint.decode(moment.encode())).isEqualTo(moment);
    }

    @Test
    void anEventsIdSaysWhenItWasMade() {
        var point = ResumePoint.decode("019df264-5efb-7abc-8abc-0123456789ab");
        assertThat(point).isInstanceOf(ResumePoint.AfterEvent.class);
        assertThat(ResumePoint.decode(point.encode())).isEqualTo(point);
        assertThat(point.asOf()).isEqualTo(Instant.ofEpochMilli(0x019df2645efbL));
    }

    @Test
    void anIdIsShortAndNeedsNoEscaping() {
        assertThat(at(900, 1_200, 40_000, 7, 0, 15_000).encode())
                .matches("[A-Za-z0-9_-]+")
                .hasSizeLessThan(55);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "garbage", "!!!", "AAAA", "ÄÖ", "AQ", "%00", "019df264-5efb-4abc-8abc-0123456789ab"})
    void garbageIsRefused(String text) {
        assertThatThrownBy(() -> ResumePoint.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdThatWasCutOffOrAddedToIsRefused() {
        byte[] whole = Base64.getUrlDecoder().decode(at(1, 2, 3).encode());
        for (int length = 0; length < whole.length + 3; length++) {
            String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(whole, length));
            if (length != whole.length) {
                assertThatThrownBy(() -> ResumePoint.decode(text))
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
                ResumePoint read = ResumePoint.decode(Base64.getUrlEncoder().encodeToString(noise));
                assertThat(ResumePoint.decode(read.encode())).isEqualTo(read);
            } catch (IllegalArgumentException e) {
                // refused
            }
        }
    }

    private static ResumePoint at(long... next) {
        return new ResumePoint.AtOffsets(
                new TopicOffsets(Uuid.randomUuid(), Arrays.stream(next).boxed().toList(), TIME));
    }
}
