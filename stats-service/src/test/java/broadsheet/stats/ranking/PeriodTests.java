package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTests {

    @ParameterizedTest
    @CsvSource({
        "1h, 2026-03-31T11:30:00Z",
        "24h, 2026-03-30T12:30:00Z",
        "7d, 2026-03-24T12:30:00Z",
        "30d, 2026-03-01T12:30:00Z"
    })
    void aPeriodLooksBackSoLong(String asked, Instant start) {
        assertThat(Period.of(asked).start(Instant.parse("2026-03-31T12:30:00Z")))
                .isEqualTo(start);
    }

    @Test
    void anUnknownPeriodIsToldWhichThereAre() {
        assertThat(Period.of("all")).isEqualTo(Period.EVER);
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> Period.of("2h"))
                .withMessageContaining("1h, 24h, 7d, 30d, all");
    }
}
