package broadsheet.stats.classification;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.by;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.Envelope;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.position.Place;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewClassifierTests {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ViewClassifier classifier = classifier(ViewRules.current(TestStatsProperties.defaults()));
    private long offset;
    private boolean earlierCopy;

    @Test
    void aPersonsViewIsCounted() {
        assertThat(classify(view("a", "v", NOON))).isEqualTo(Classification.COUNTED);
    }

    @Test
    void robotsAndAutomationAreSuchHoweverOftenTheyCome() {
        assertThat(classify(view("a", "v", Agent.BOT, NOON))).isEqualTo(Classification.BOT);
        assertThat(classify(view("a", "v", Agent.BOT, NOON))).isEqualTo(Classification.BOT);
        assertThat(classify(view("a", "v", Agent.AUTOMATED, NOON))).isEqualTo(Classification.AUTOMATED);
    }

    @Test
    void theUserAgentDecidesAndNotWhatArticleServiceThought() {
        assertThat(classify(by(null, "Googlebot/2.1", view("a", "v", NOON)))).isEqualTo(Classification.BOT);
        assertThat(classify(by(null, "", view("a", "w", NOON)))).isEqualTo(Classification.AUTOMATED);
        assertThat(classify(by(null, FIREFOX, view("a", "x", Agent.BOT, NOON)))).isEqualTo(Classification.COUNTED);
    }

    @Test
    void thirtyReadersOfOneNetworkWithTheSameBrowserAreThirty() {
        for (int reader = 0; reader < 30; reader++) {
            assertThat(classify(by("campus", FIREFOX, view("a" + reader, "same", NOON))))
                    .isEqualTo(Classification.COUNTED);
        }
    }

    @Test
    void agentsOfOneNetworkBeyondThreeHundredWithinMinutesAreAutomation() {
        for (int agent = 0; agent < 300; agent++) {
            assertThat(opened("n", agent, NOON)).isEqualTo(Classification.COUNTED);
        }
        assertThat(opened("n", 300, NOON)).isEqualTo(Classification.AUTOMATED);
        assertThat(opened("n", 99, NOON.plusSeconds(100))).isEqualTo(Classification.COUNTED);
        assertThat(opened("other", 300, NOON)).isEqualTo(Classification.COUNTED);
        assertThat(opened("n", 300, NOON.plusSeconds(300))).isEqualTo(Classification.COUNTED);
    }

    @Test
    void anotherVersionOfTheRulesClassifiesTheSameViewsOtherwise() {
        ViewRules current = ViewRules.current(TestStatsProperties.defaults());
        var strict = classifier(new ViewRules("strict", current.userAgents(), 1, Duration.ofMinutes(5)));
        for (int agent = 0; agent < 2; agent++) {
            var event = event(by("n", FIREFOX + agent, view("a", "v" + agent, NOON)));
            assertThat(classified(event, NOON).classification()).isEqualTo(Classification.COUNTED);
            assertThat(strict.classify(arrived(0, agent, event), event, () -> false)
                            .classification())
                    .isEqualTo(agent == 0 ? Classification.COUNTED : Classification.AUTOMATED);
        }
    }

    private Classification opened(String network, int agent, Instant at) {
        return classify(by(network, FIREFOX + agent, view("a", network + agent, at)));
    }

    private static ViewClassifier classifier(ViewRules rules) {
        return new ViewClassifier("t-0", TestStatsProperties.defaults(), rules);
    }

    @Test
    void aBotsViewDoesNotMakeAPersonsADoubleClick() {
        classify(view("a", "v", Agent.BOT, NOON));

        assertThat(classify(view("a", "v", NOON))).isEqualTo(Classification.COUNTED);
    }

    @Test
    void theSameVisitorAgainWithinThirtySecondsIsADoubleClick() {
        classify(view("a", "v", NOON));

        assertThat(classify(view("a", "v", NOON.plusSeconds(30)))).isEqualTo(Classification.DOUBLE_CLICK);
        assertThat(classify(view("a", "v", NOON.plusSeconds(61)))).isEqualTo(Classification.COUNTED);
    }

    @Test
    void aDoubleClickIsKnownHoweverManyOthersCameInBetween() {
        classify(view("a", "v", NOON));
        for (int other = 0; other < 60_000; other++) { // 2,000 a second
            classify(view("a", "other-" + other, NOON.plusMillis(other / 2)));
        }

        assertThat(classify(view("a", "v", NOON.plusSeconds(30)))).isEqualTo(Classification.DOUBLE_CLICK);
    }

    @Test
    void theSameEventAgainIsADuplicateWhateverItIs() {
        var person = event(view("a", "v", NOON));
        var bot = event(view("a", "w", Agent.BOT, NOON));
        var late = event(received(NOON.minus(Duration.ofHours(25)), NOON));
        var noView = Envelope.of("/test", NOON, new ArticleHits("a", 1, NOON, 1));

        assertThat(classify(person)).isEqualTo(Classification.COUNTED);
        assertThat(classify(bot)).isEqualTo(Classification.BOT);
        assertThat(classify(late)).isEqualTo(Classification.LATE);
        assertThat(classify(noView)).isEqualTo(Classification.INVALID);
        assertThat(classify(person)).isEqualTo(Classification.DUPLICATE);
        assertThat(classify(bot)).isEqualTo(Classification.DUPLICATE);
        assertThat(classify(late)).isEqualTo(Classification.DUPLICATE);
        assertThat(classify(noView)).isEqualTo(Classification.DUPLICATE);
    }

    @Test
    void whatIsOlderThanTheMemoryIsADuplicateIfTheLogSaysSo() {
        classify(view("a", "v", NOON));
        earlierCopy = true;

        assertThat(classify(received(NOON.minusSeconds(600), NOON.minusSeconds(600))))
                .isEqualTo(Classification.COUNTED);
        assertThat(classify(received(NOON.minusSeconds(601), NOON.minusSeconds(601))))
                .isEqualTo(Classification.DUPLICATE);
    }

    @Test
    void lateViewsKnowEachOtherFromWhenTheyAreRead() {
        classify(view("a", "v", NOON));
        var late = event(view("a", "w", NOON.minus(Duration.ofHours(1))));
        var doubleClick = event(view("a", "w", NOON.minus(Duration.ofHours(1)).plusSeconds(20)));

        assertThat(classify(late)).isEqualTo(Classification.COUNTED);
        assertThat(classify(doubleClick)).isEqualTo(Classification.DOUBLE_CLICK);
        assertThat(classify(late)).isEqualTo(Classification.DUPLICATE);
        assertThat(classifier.clock()).isEqualTo(NOON);
    }

    @Test
    void aViewIsLateAfterADayAndCountsWhenItWasReceived() {
        assertThat(classify(received(NOON.minus(Duration.ofDays(1)), NOON))).isEqualTo(Classification.COUNTED);
        assertThat(classify(received(Instant.MIN, NOON))).isEqualTo(Classification.LATE);
        ClassifiedView late =
                classified(event(received(NOON.minus(Duration.ofDays(1)).minusMillis(1), NOON)), NOON);

        assertThat(late.classification()).isEqualTo(Classification.LATE);
        assertThat(late.isHit()).isTrue();
        assertThat(late.countedAt()).isEqualTo(NOON);
    }

    @Test
    void aLateViewOfTheSameVisitorAgainIsADoubleClickOfWhenItWasReceived() {
        ArticleViewed late = received(NOON.minus(Duration.ofDays(3)), NOON);

        assertThat(classify(late)).isEqualTo(Classification.LATE);
        assertThat(classify(late)).isEqualTo(Classification.DOUBLE_CLICK);
    }

    @Test
    void aViewFromTheFutureIsInvalid() {
        assertThat(classify(received(NOON.plusSeconds(300), NOON))).isEqualTo(Classification.COUNTED);
        assertThat(classify(received(NOON.plusSeconds(301), NOON))).isEqualTo(Classification.INVALID);
        assertThat(classify(received(Instant.MAX, NOON))).isEqualTo(Classification.INVALID);
    }

    @Test
    void aViewThatWasReceivedAfterItsRecordOrLongAgoIsInvalidInTheHourOfTheRecord() {
        Instant later = NOON.plus(Duration.ofHours(3));

        ClassifiedView future = classified(event(received(later, later)), NOON);
        ClassifiedView never = classified(event(received(Instant.EPOCH, Instant.EPOCH)), NOON);

        assertThat(future.classification()).isEqualTo(Classification.INVALID);
        assertThat(future.receivedAt()).isEqualTo(NOON);
        assertThat(never.classification()).isEqualTo(Classification.INVALID);
        assertThat(never.receivedAt()).isEqualTo(NOON);
    }

    @Test
    void whatIsNoEventIsADeadLetterInTheHourOfTheRecord() {
        var record = arrived(0, 7, event(view("a", "v", NOON)));

        ClassifiedView unreadable = classifier.classifyUnreadable(record);

        assertThat(unreadable)
                .isEqualTo(new ClassifiedView(
                        "t-0", Place.of(record), Classification.DEAD_LETTERED, null, NOON, NOON, false));
    }

    @Test
    void itsClockIsTheHighestTimestamp() {
        classify(view("a", "v", NOON.plusSeconds(5)));
        classify(view("a", "w", NOON));

        assertThat(classifier.clock()).isEqualTo(NOON.plusSeconds(5));
    }

    private Classification classify(ArticleViewed view) {
        return classify(event(view));
    }

    private Classification classify(Envelope<?> event) {
        return classified(event, event.time()).classification();
    }

    private ClassifiedView classified(Envelope<?> event, Instant timestamp) {
        return classifier.classify(arrived(0, offset++, event(view("a", "v", timestamp))), event, () -> earlierCopy);
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
                null,
                Evidence.NONE);
    }
}
