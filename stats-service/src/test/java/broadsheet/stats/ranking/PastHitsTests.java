package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PastHitsTests {

    private static final Instant HOUR = Instant.parse("2026-03-02T06:30:00Z");

    @Test
    void whatIsReadAlikeIsExpectedToBeReadAlike() {
        PastHits past = PastHits.before(HOUR, eachHour(100), null);

        assertThat(past.expected(100, 1)).isCloseTo(100, within(0.001));
        assertThat(past.ratio(201)).isCloseTo(2, within(0.001));
    }

    @Test
    void ofANewArticleItsCategoryIsExpected() {
        PastHits past = PastHits.before(HOUR, new TreeMap<>(), HOUR.plusSeconds(60));

        assertThat(past.hours()).isZero();
        assertThat(past.expected(7, 4)).isEqualTo(7);
        assertThat(past.ratio(10)).isEqualTo(11);
    }

    @Test
    void hoursBeforePublicationDoNotCount() {
        NavigableMap<Instant, Long> hits = new TreeMap<>();
        hits.put(HOUR.minus(Duration.ofMinutes(30)), 50L);

        assertThat(PastHits.before(HOUR, hits, HOUR.minus(Duration.ofMinutes(40))))
                .isEqualTo(new PastHits(50, 1));
        assertThat(PastHits.before(HOUR, hits, null).hours()).isGreaterThan(15);
    }

    @Test
    void theLatestHoursWeighMost() {
        NavigableMap<Instant, Long> justNow = new TreeMap<>();
        justNow.put(HOUR.minus(Duration.ofMinutes(1)), 100L);
        NavigableMap<Instant, Long> halfADayAgo = new TreeMap<>();
        halfADayAgo.put(HOUR.minus(Duration.ofHours(12)).minus(Duration.ofMinutes(1)), 100L);

        assertThat(PastHits.before(HOUR, justNow, null).hits()).isEqualTo(100);
        assertThat(PastHits.before(HOUR, halfADayAgo, null).hits()).isCloseTo(50, within(0.001));
    }

    @Test
    void whatIsInTheHourOrOlderThanTwoDaysIsNotThePast() {
        NavigableMap<Instant, Long> hits = new TreeMap<>();
        hits.put(HOUR, 100L);
        hits.put(HOUR.minus(PastHits.LENGTH).minusSeconds(60), 100L);

        assertThat(PastHits.before(HOUR, hits, null).hits()).isZero();
    }

    @Test
    void aMorningIsNoNews() {
        PastHits past = PastHits.before(HOUR, eachHour(100), null);

        assertThat(past.expected(200, 2)).isCloseTo(200, within(0.001));
    }

    private static NavigableMap<Instant, Long> eachHour(long hits) {
        NavigableMap<Instant, Long> all = new TreeMap<>();
        for (int age = 1; age <= 60; age++) {
            all.put(HOUR.minus(Duration.ofHours(age)), hits);
        }
        return all;
    }
}
