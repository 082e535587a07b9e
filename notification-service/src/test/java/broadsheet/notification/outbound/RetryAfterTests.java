package broadsheet.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                              | PT0S",
                "' 120 '                        | PT2M",
                "999999999                      | PT24H",
                "Fri, 27 Nov 2026 10:05:00 GMT  | PT5M",
                "Fri, 27 Nov 2026 09:00:00 GMT  | PT0S",
                "Sun, 27 Nov 2095 10:00:00 GMT  | PT24H"
            })
    void secondsAndDatesAreUnderstoodAndADayIsTheMost(String value, Duration wait) {
        assertThat(RetryAfter.parse(value, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999", "Mon, 27 Nov 2026 10:05:00 GMT"})
    void whatIsNeitherIsIgnored(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
