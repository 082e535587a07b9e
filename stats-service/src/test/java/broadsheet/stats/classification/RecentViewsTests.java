package broadsheet.stats.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentViewsTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RecentViews recentViews = remembering(3);

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "30000, true", "30001, false", "-1, true", "-30000, true", "-30001, false"})
    void aDoubleClickIsWithinThirtySecondsBeforeOrAfter(long millis, boolean doubleClick) {
        open("e", "v", NOON);

        assertThat(recentViews.hasOpened("a", "v", NOON.plusMillis(millis))).isEqualTo(doubleClick);
    }

    @Test
    void anotherArticleOrAnotherVisitorIsNoDoubleClick() {
        open("e", "v", NOON);

        assertThat(recentViews.hasOpened("b", "v", NOON)).isFalse();
        assertThat(recentViews.hasOpened("a", "w", NOON)).isFalse();
    }

    @Test
    void everyOpeningIsMeasuredAgainstNotOnlyTheNewest() {
        var roomy = remembering(100);
        open(roomy, "1", "v", NOON);
        open(roomy, "2", "v", NOON.plusSeconds(300)); // arrives before what was opened earlier

        assertThat(roomy.hasOpened("a", "v", NOON.plusSeconds(20))).isTrue();
        assertThat(roomy.hasOpened("a", "v", NOON.plusSeconds(150))).isFalse();
        assertThat(roomy.hasOpened("a", "v", NOON.plusSeconds(280))).isTrue();
    }

    @Test
    void whatIsOlderThanTheMemoryIsForgottenByTheRecordsOwnClockSliceBySlice() {
        var roomy = remembering(100);
        open(roomy, "e", "v", NOON);
        open(roomy, "f", "w", NOON.plusSeconds(149));

        roomy.advanceTo(NOON.plusSeconds(750).toEpochMilli() - 1);
        assertThat(roomy.hasSeen("e")).isTrue();
        assertThat(roomy.hasOpened("a", "v", NOON)).isTrue();

        roomy.advanceTo(NOON.plusSeconds(750).toEpochMilli());
        assertThat(roomy.hasSeen("e")).isFalse();
        assertThat(roomy.hasSeen("f")).isFalse();
        assertThat(roomy.hasOpened("a", "v", NOON)).isFalse();
        assertThat(roomy.isCutShort()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"600000, 0", "749999, 0", "750000, 150000", "750001, 150000"})
    void itIsFoundAgainByReadingFromTheBeginningOfItsOldestSlice(long clock, long horizon) {
        assertThat(RecentViews.horizon(NOON.toEpochMilli() + clock, Duration.ofMinutes(10)))
                .isEqualTo(NOON.toEpochMilli() + horizon);
    }

    @Test
    void anOlderRecordDoesNotTurnTheClockBack() {
        recentViews.advanceTo(NOON.toEpochMilli());
        recentViews.advanceTo(NOON.minusSeconds(60).toEpochMilli());

        assertThat(recentViews.clock()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void beyondItsCapacityTheOldestIdIsForgottenAndTheOpeningIsNot() {
        open("1", "v", NOON);
        open("2", "w", NOON);
        open("3", "x", NOON);
        assertThat(recentViews.isCutShort()).isFalse();
        recentViews.remember("4");

        assertThat(recentViews.isCutShort()).isTrue();
        assertThat(recentViews.hasSeen("1")).isFalse();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();
        assertThat(recentViews.hasSeen("2")).isTrue();
        assertThat(recentViews.remembersIdsFrom(NOON)).isFalse();
        assertThat(recentViews.remembersIdsFrom(NOON.plusMillis(1))).isTrue();
    }

    @Test
    void beyondFourTimesItsCapacityTheOldestOpeningIsForgotten() {
        open("1", "v", NOON);
        for (int more = 2; more <= 12; more++) {
            open(Integer.toString(more), "w", NOON);
        }
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();

        open("13", "w", NOON);
        assertThat(recentViews.hasOpened("a", "v", NOON)).isFalse();
        assertThat(recentViews.hasOpened("a", "w", NOON)).isTrue();
    }

    @Test
    void beyondHalfOfItsCapacityOpeningsOlderThanTwiceTheDoubleClickTimeAreForgotten() {
        open("1", "v", NOON);
        open("2", "w", NOON.plusSeconds(60));
        open("3", "x", NOON.plusSeconds(60));
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();

        recentViews.advanceTo(NOON.plusSeconds(61).toEpochMilli());
        recentViews.remember("4");
        assertThat(recentViews.hasOpened("a", "v", NOON)).isFalse();
        assertThat(recentViews.hasOpened("a", "w", NOON.plusSeconds(60))).isTrue();
    }

    @Test
    void itIsWholeAgainOnceTheMemoryReachesBackToAfterWhatWasForgotten() {
        for (int view = 0; view < 20; view++) {
            open(Integer.toString(view), "v", NOON);
        }
        recentViews.advanceTo(NOON.plusSeconds(600).toEpochMilli());
        assertThat(recentViews.isCutShort()).isTrue();

        recentViews.advanceTo(NOON.plusSeconds(601).toEpochMilli());
        assertThat(recentViews.isCutShort()).isFalse();
    }

    @Test
    void anEventThatCameTwiceIsKnownUntilItsLastIsForgotten() {
        open("1", "v", NOON);
        open("1", "v", NOON);
        open("2", "w", NOON);
        open("3", "x", NOON); // pushes the first one out

        assertThat(recentViews.hasSeen("1")).isTrue();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();

        recentViews.remember("4");
        assertThat(recentViews.hasSeen("1")).isFalse();
    }

    private void open(String event, String visitor, Instant at) {
        open(recentViews, event, visitor, at);
    }

    private static void open(RecentViews recentViews, String event, String visitor, Instant at) {
        recentViews.advanceTo(at.toEpochMilli());
        recentViews.remember(event, "a", visitor, at);
    }

    private static RecentViews remembering(int views) {
        return new RecentViews(Duration.ofMinutes(10), Duration.ofSeconds(30), views);
    }
}
