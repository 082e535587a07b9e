package broadsheet.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read as the JDK reads them, and refused as it refuses them. */
class Rfc3339Tests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-05-04T10:00:00Z",
                "2026-05-04T10:00:00.Z",
                "2026-05-04T10:00:00.1Z",
                "2026-05-04T10:00:00.123456789Z",
                "2026-05-04T10:00:00.1234567890Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-05-04T24:00:00Z",
                "2026-05-04T23:59:60Z",
                "2026-05-04T23:60:00Z",
                "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2026-05-04T12:00:00+02:00",
                "2026-05-04t10:00:00z",
                "2026-05-04T10:00:00.\u0661Z"
            })
    void thisTime(String text) {
        assertThat(read(Rfc3339::parse, text)).as(text).isEqualTo(read(Instant::parse, text));
    }

    @Test
    void anyTime() {
        var random = new Random(5);
        for (int time = 0; time < 20_000; time++) {
            var instant = Instant.ofEpochSecond(
                    random.nextLong() % 400_000_000_000L, random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
            var text = new StringBuilder(instant.toString());
            if (random.nextBoolean()) {
                text.setCharAt(random.nextInt(text.length()), "0123456789-:TZ.".charAt(random.nextInt(15)));
            }
            assertThat(read(Rfc3339::parse, text.toString()))
                    .as("%s", text)
                    .isEqualTo(read(Instant::parse, text.toString()));
        }
    }

    private static String read(Function<String, Instant> parse, String text) {
        try {
            return parse.apply(text).toString();
        } catch (DateTimeException e) {
            return "refused";
        }
    }
}
