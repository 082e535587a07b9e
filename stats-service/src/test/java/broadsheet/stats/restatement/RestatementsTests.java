package broadsheet.stats.restatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.NewGenerations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.ServedPositions;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What keeps a restatement from beginning. */
class RestatementsTests {

    private final NewGenerations generations = mock();
    private final RestatementSteps steps = mock();
    private final ViewsTopic topic = mock();
    private final ServedGenerations served = mock();
    private final ServedPositions positions = mock();
    private final Restatements restatements = new Restatements(
            TestStatsProperties.defaults(),
            List.of(),
            generations,
            steps,
            served,
            new DeletedViews(TestStatsProperties.defaults(), topic, positions),
            InstantSource.system());

    @BeforeEach
    void everyViewIsThere() {
        when(steps.underWay()).thenReturn(Flux.empty());
        when(generations.beginRestatement(any(), anyBoolean(), any(), any(), any()))
                .thenReturn(Mono.just(new Generation(2, List.of("rules"), null, Set.of(), null, null)));
        when(topic.since()).thenReturn(Mono.just(Optional.empty()));
        when(topic.id()).thenReturn(Mono.just("topic"));
        countedOf("topic-0");
    }

    @Test
    void nothingDoesWhereKafkaHasEveryView() {
        assertThat(restatements.begin(null, null, "ops", false).block())
                .extracting(Generation::number)
                .isEqualTo(2);
    }

    @Test
    void theViewsOfATopicThatWasMadeAnewAreMissing() {
        countedOf("former-0");

        assertRefused(
                () -> restatements.begin(null, null, "ops", false).block(),
                HttpStatus.CONFLICT,
                "the topic that was counted first");
        assertThat(restatements.begin(null, null, "ops", true).block()).isNotNull();
    }

    @Test
    void nobodyKnowsWhatIsMissingWhileKafkaIsAway() {
        when(topic.since()).thenReturn(Mono.error(new TimeoutException("away")));

        assertRefused(
                () -> restatements.begin(null, null, "ops", true).block(),
                HttpStatus.SERVICE_UNAVAILABLE,
                "nothing has begun");
    }

    @Test
    void anotherThatBeginsAtTheSameTimeIsFirst() {
        when(generations.beginRestatement(any(), anyBoolean(), any(), any(), any()))
                .thenReturn(Mono.empty());

        assertRefused(
                () -> restatements.begin(null, null, "ops", false).block(), HttpStatus.CONFLICT, "at the same time");
    }

    @Test
    void oneThatBeganBesideAnotherIsCancelled() {
        Restatement other = begun(2);
        Restatement own = begun(3);
        when(generations.beginRestatement(any(), anyBoolean(), any(), any(), any()))
                .thenReturn(Mono.just(own.generation()));
        when(steps.underWay()).thenReturn(Flux.empty()).thenReturn(Flux.just(own, other));
        when(steps.cancel(any(), any())).thenReturn(Mono.just(true));

        assertRefused(
                () -> restatements.begin(null, null, "ops", false).block(), HttpStatus.CONFLICT, "at the same time");
        verify(steps).cancel(own, "ops");
    }

    @Test
    void theOlderOfTwoGoesOn() {
        Restatement own = begun(2);
        when(steps.underWay()).thenReturn(Flux.empty()).thenReturn(Flux.just(begun(3), own));

        assertThat(restatements.begin(null, null, "ops", false).block()).isEqualTo(own.generation());
        verify(steps, never()).cancel(any(), any());
    }

    private static Restatement begun(int number) {
        return new Restatement(
                new Generation(number, List.of("rules"), null, Set.of(), null, null),
                List.of(new Restatement.Step(Restatement.State.COUNTING, Instant.EPOCH, "ops")),
                null,
                Map.of());
    }

    @Test
    void rulesThatNobodyKnowsAreRefusedNamingThoseThatAreKnown() {
        assertThat(catchThrowable(() -> restatements.begin("2019-01", null, "ops", false)))
                .isInstanceOfSatisfying(
                        InvalidFieldException.class,
                        refusal -> assertThat(String.valueOf(refusal.getBody().getProperties()))
                                .contains("ruleset", "2026-11.1"));
    }

    @Test
    void onlyOlderRulesAreKeptInAReleaseThatHasNewerOnes() {
        restatements.begin("2026-11.1", null, "ops", false).block();
        restatements
                .begin(ViewRules.current(TestStatsProperties.defaults()).version(), null, "ops", false)
                .block();

        verify(generations).beginRestatement(eq("2026-11.1"), eq(true), any(), eq("ops"), isNull());
        verify(generations).beginRestatement(startsWith("2026-11"), eq(false), any(), eq("ops"), isNull());
    }

    private void countedOf(String partition) {
        var position = new PartitionPosition(partition, new Place(0, 1), Instant.EPOCH);
        when(positions.all()).thenReturn(Mono.just(Map.of(partition, position)));
    }

    private static void assertRefused(ThrowingCallable call, HttpStatus status, String why) {
        assertThat(catchThrowable(call)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.getStatusCode()).isEqualTo(status);
            assertThat(refusal.getBody().getDetail()).contains(why);
        });
    }
}
