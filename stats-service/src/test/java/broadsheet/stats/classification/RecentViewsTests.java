package broadsheet.stats.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentViewsTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RecentViews recentViews = new RecentViews(Duration.ofMinutes(10), Duration.ofSeconds(30), 3);

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "30000, true", "30001, false", "-1, true", "-30000, true", "-30001, false"})
    void aDoubleClickIsWithinThirtySecondsBeforeOrAfter(long millis, boolean doubleClick) {
        open("e", "a", "v", NOON);

        assertThat(recentViews.hasOpened("a", "v", NOON.plusMillis(millis))).isEqualTo(doubleClick);
    }

    @Test
    void anotherArticleOrAnotherVisitorIsNoDoubleClick() {
        open("e", "a", "v", NOON);

        assertThat(recentViews.hasOpened("b", "v", NOON)).isFalse();
        assertThat(recentViews.hasOpened("a", "w", NOON)).isFalse();
    }

    @Test
    void everyOpeningIsMeasuredAgainstNotOnlyTheNewest() {
        open("1", "a", "v", NOON);
        open("2", "a", "v", NOON.plusSeconds(300)); // arrives before what was opened earlier

        assertThat(recentViews.hasOpened("a", "v", NOON.plusSeconds(20))).isTrue();
        assertThat(recentViews.hasOpened("a", "v", NOON.plusSeconds(150))).isFalse();
        assertThat(recentViews.hasOpened("a", "v", NOON.plusSeconds(280))).isTrue();
    }

    @Test
    void whatIsOlderThanTheMemoryIsForgottenByTheRecordsOwnClock() {
        open("e", "a", "v", NOON);

        recentViews.advanceTo(NOON.plusSeconds(600).toEpochMilli());
        assertThat(recentViews.hasSeen("e")).isTrue();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();

        recentViews.advanceTo(NOON.plusSeconds(600).toEpochMilli() + 1);
        assertThat(recentViews.hasSeen("e")).isFalse();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isFalse();
    }

    @Test
    void anOlderRecordDoesNotTurnTheClockBack() {
        recentViews.advanceTo(NOON.toEpochMilli());
        recentViews.advanceTo(NOON.minusSeconds(60).toEpochMilli());

        assertThat(recentViews.clock()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void beyondItsCapacityTheOldestIsForgotten() {
        open("1", "a", "v", NOON);
        open("2", "a", "w", NOON);
        open("3", "a", "x", NOON);
        recentViews.remember("4");

        assertThat(recentViews.hasSeen("1")).isFalse();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isFalse();
        assertThat(recentViews.hasSeen("2")).isTrue();
        assertThat(recentViews.hasOpened("a", "w", NOON)).isTrue();
    }

    @Test
    void anEventThatCameTwiceIsKnownUntilItsLastIsForgotten() {
        open("1", "a", "v", NOON);
        open("1", "a", "v", NOON);
        open("2", "a", "w", NOON);
        open("3", "a", "x", NOON); // pushes the first one out

        assertThat(recentViews.hasSeen("1")).isTrue();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isTrue();

        recentViews.remember("4");
        assertThat(recentViews.hasSeen("1")).isFalse();
        assertThat(recentViews.hasOpened("a", "v", NOON)).isFalse();
    }

    private void open(String event, String article, String visitor, Instant at) {
        recentViews.advanceTo(at.toEpochMilli());
        recentViews.remember(event, article, visitor, at);
    }
}
