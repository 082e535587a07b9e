package broadsheet.stats.counting;

import static broadsheet.stats.Readers.arrived;
import static broadsheet.stats.Readers.event;
import static broadsheet.stats.Readers.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.Envelope;
import broadsheet.stats.Settings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountedPartitionTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final CountedPartition partition = new CountedPartition("t-0", 0, 0, Settings.usual());
    private long offset;

    @Test
    void aPersonsViewIsCounted() {
        assertThat(decide(view("a", "v", NOON))).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void robotsAndAutomationAreBotsHoweverOftenTheyCome() {
        assertThat(decide(view("a", "v", Agent.BOT, NOON))).isEqualTo(Outcome.BOT);
        assertThat(decide(view("a", "v", Agent.BOT, NOON))).isEqualTo(Outcome.BOT);
        assertThat(decide(view("a", "v", Agent.AUTOMATED, NOON))).isEqualTo(Outcome.BOT);
    }

    @Test
    void aBotsViewDoesNotMakeAPersonsADoubleClick() {
        decide(view("a", "v", Agent.BOT, NOON));

        assertThat(decide(view("a", "v", NOON))).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void theSameVisitorAgainWithinThirtySecondsIsADoubleClick() {
        decide(view("a", "v", NOON));

        assertThat(decide(view("a", "v", NOON.plusSeconds(30)))).isEqualTo(Outcome.DOUBLE_CLICK);
        assertThat(decide(view("a", "v", NOON.plusSeconds(61)))).isEqualTo(Outcome.COUNTED);
    }

    @Test
    void theSameEventAgainIsADuplicateWhateverItIs() {
        var person = event(view("a", "v", NOON));
        var bot = event(view("a", "w", Agent.BOT, NOON));
        var late = event(received(NOON.minus(Duration.ofHours(49)), NOON));
        var noView = Envelope.of("/test", NOON, new ArticleHits("a", 1, NOON));

        assertThat(decide(person)).isEqualTo(Outcome.COUNTED);
        assertThat(decide(bot)).isEqualTo(Outcome.BOT);
        assertThat(decide(late)).isEqualTo(Outcome.LATE);
        assertThat(decide(noView)).isEqualTo(Outcome.INVALID);
        assertThat(decide(person)).isEqualTo(Outcome.DUPLICATE);
        assertThat(decide(bot)).isEqualTo(Outcome.DUPLICATE);
        assertThat(decide(late)).isEqualTo(Outcome.DUPLICATE);
        assertThat(decide(noView)).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void aViewIsLateAfterTwoDays() {
        assertThat(decide(received(NOON.minus(Duration.ofDays(2)), NOON))).isEqualTo(Outcome.COUNTED);
        assertThat(decide(received(NOON.minus(Duration.ofDays(2)).minusMillis(1), NOON)))
                .isEqualTo(Outcome.LATE);
        assertThat(decide(received(Instant.MIN, NOON))).isEqualTo(Outcome.LATE);
    }

    @Test
    void aViewFromTheFutureIsInvalid() {
        assertThat(decide(received(NOON.plusSeconds(300), NOON))).isEqualTo(Outcome.COUNTED);
        assertThat(decide(received(NOON.plusSeconds(301), NOON))).isEqualTo(Outcome.INVALID);
        assertThat(decide(received(Instant.MAX, NOON))).isEqualTo(Outcome.INVALID);
    }

    @Test
    void aViewThatWasReceivedAfterItsRecordOrLongAgoIsInvalidInTheHourOfTheRecord() {
        Instant later = NOON.plus(Duration.ofHours(3));

        Decided future = decided(event(received(later, later)), NOON);
        Decided never = decided(event(received(Instant.EPOCH, Instant.EPOCH)), NOON);

        assertThat(future.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(future.receivedAt()).isEqualTo(NOON);
        assertThat(never.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(never.receivedAt()).isEqualTo(NOON);
    }

    @Test
    void whatIsNoEventIsADeadLetterInTheHourOfTheRecord() {
        var record = arrived(0, 7, event(view("a", "v", NOON)));

        Decided decided = partition.decide(record, null);

        assertThat(decided.outcome()).isEqualTo(Outcome.DEAD_LETTERED);
        assertThat(decided.receivedAt()).isEqualTo(NOON);
        assertThat(decided.view()).isNull();
    }

    @Test
    void itsPositionIsAfterTheLastRecordAndAtTheHighestTimestamp() {
        decide(view("a", "v", NOON.plusSeconds(5)));
        decide(view("a", "w", NOON));

        assertThat(partition.position().next()).isEqualTo(2);
        assertThat(partition.position().clock()).isEqualTo(NOON.plusSeconds(5));
        assertThat(partition.isPast(arrived(0, 1, event(view("a", "w", NOON))))).isTrue();
        assertThat(partition.isPast(arrived(0, 2, event(view("a", "w", NOON))))).isFalse();
    }

    @Test
    void whatComesBeforeWhereItResumesIsOnlyRemembered() {
        var resumed = new CountedPartition("t-0", 3, 5, Settings.usual());
        var remembered = arrived(0, 4, event(view("a", "v", NOON)));
        var again = arrived(0, 5, event(view("a", "v", NOON.plusSeconds(10))));

        Fold fold = Fold.of(resumed, java.util.List.of(remembered, again));

        assertThat(fold.decided()).extracting(Decided::outcome).containsExactly(Outcome.DOUBLE_CLICK);
    }

    private Outcome decide(ArticleViewed view) {
        return decide(event(view));
    }

    private Outcome decide(Envelope<?> event) {
        return decided(event, event.time()).outcome();
    }

    private Decided decided(@Nullable Envelope<?> event, Instant timestamp) {
        return partition.decide(arrived(0, offset++, event(view("a", "v", timestamp))), event);
    }

    private static ArticleViewed received(Instant occurredAt, Instant receivedAt) {
        return new ArticleViewed(
                "a",
                1,
                occurredAt,
                receivedAt,
                "someone-" + occurredAt,
                Channel.PAGE,
                null,
                Device.DESKTOP,
                Agent.USER,
                "test-1",
                null);
    }
}
