package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.article.account.SignInAttempts.Person;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class SignInAttemptsTests {

    private static final Person ANN = new Person("ann", "192.0.2.7");
    private static final Person ANN_ELSEWHERE = new Person("ann", "198.51.100.1");

    private static final Mono<Boolean> NEVER_THERE = Mono.just(false);

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final SignInAttempts attempts = new SignInAttempts(
            new SignInProperties(3, 6, 10, 50, Duration.ofMinutes(15), Duration.ofSeconds(1), 1, 1), () -> now);

    @Test
    void ofManyGuessesAtOnceOnlyTheFreeOnesAreMade() {
        var made = new AtomicInteger();
        Mono<String> hanging = Mono.<String>never().doOnSubscribe(hash -> made.incrementAndGet());
        var guesses = Flux.range(0, 40)
                .flatMap(
                        n -> attempts.limited("ann", "192.0.2.7", NEVER_THERE, hanging)
                                .subscribeOn(Schedulers.parallel())
                                .onErrorResume(ProblemException.class, e -> Mono.just("refused")),
                        40)
                .take(37)
                .collectList()
                .block(Duration.ofSeconds(30));
        assertThat(guesses).hasSize(37).containsOnly("refused");
        assertThat(made).hasValue(3);
    }

    @Test
    void someoneWithTheSameNameElsewhereNeedNotWait() {
        fail(ANN, 3);
        assertThat(attempts.begin(ANN)).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempts.begin(ANN_ELSEWHERE)).isZero();
    }

    @Test
    void guessingOneNameFromManyAddressesIsSlowedDown() {
        for (int n = 0; n < 6; n++) {
            assertThat(attempts.begin(new Person("ann", "203.0.113." + n))).isZero();
        }
        assertThat(attempts.begin(new Person("ann", "203.0.113.200"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempts.begin(new Person("bob", "203.0.113.200"))).isZero();
    }

    @Test
    void guessingManyNamesFromOneAddressIsSlowedDown() {
        for (int n = 0; n < 10; n++) {
            assertThat(attempts.begin(new Person("name" + n, "192.0.2.7"))).isZero();
        }
        assertThat(attempts.begin(new Person("another", "192.0.2.7"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempts.begin(new Person("another", "192.0.2.8"))).isZero();
    }

    @Test
    void guessingManyNamesFromManyAddressesIsSlowedDownForThoseWhoNeverSignedInThere() {
        signIn(ANN);
        for (int n = 0; n < 50; n++) {
            assertThat(attempts.begin(new Person("name" + n, "203.0.113." + n))).isZero();
        }
        assertThat(attempts.begin(new Person("bob", "198.51.100.9"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempts.begin(ANN)).isZero();
    }

    @Test
    void whoSignedInFromAnAddressIsNotLockedOutThereByThoseWhoGuessTheirName() {
        signIn(ANN);
        for (int n = 0; n < 6; n++) {
            attempts.begin(new Person("ann", "203.0.113." + n));
        }
        assertThat(attempts.begin(ANN_ELSEWHERE)).isPositive();
        assertThat(attempts.begin(ANN)).isZero();
    }

    @Test
    void whoeverSignsInStartsAnewButDoesNotClearTheirAddress() {
        fail(ANN, 2);
        signIn(ANN);
        fail(ANN, 2);
        signIn(ANN);
        for (int n = 0; n < 6; n++) {
            assertThat(attempts.begin(new Person("name" + n, "192.0.2.7"))).isZero();
        }
        assertThat(attempts.begin(new Person("name6", "192.0.2.7"))).isPositive();
        assertThat(attempts.begin(ANN)).isZero();
    }

    @Test
    void anAttemptThatWasNotAnsweredIsNoFailure() {
        for (int n = 0; n < 20; n++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> attempts.limited(
                                    "ann",
                                    "192.0.2.7",
                                    NEVER_THERE,
                                    Mono.error(new IllegalStateException("the store is away")))
                            .block());
        }
    }

    @Test
    void theAnswerSaysWhenToTryAgain() {
        fail(ANN, 3);
        now = now.plusMillis(200);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> attempts.limited("ann", "192.0.2.7", NEVER_THERE, Mono.just("ann"))
                        .block())
                .matches(e -> e.getStatusCode().value() == 429)
                .matches(e -> "1".equals(e.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)));
    }

    @Test
    void theStoreIsAskedOnlyForThoseWhomOthersHoldUp() {
        var asked = new AtomicInteger();
        Mono<Boolean> there = Mono.just(true).doOnSubscribe(store -> asked.incrementAndGet());
        assertThat(attempts.limited("ann", "192.0.2.7", there, Mono.just("in")).block())
                .isEqualTo("in");
        for (int n = 0; n < 6; n++) {
            attempts.begin(new Person("bob", "203.0.113." + n));
        }
        assertThat(asked).hasValue(0);
        assertThat(attempts.limited("bob", "192.0.2.8", there, Mono.just("in")).block())
                .isEqualTo("in");
        assertThat(asked).hasValue(1);
    }

    @Test
    void anAttackWithManyNamesFillsNoMemory() {
        for (int n = 0; n < 50_000; n++) {
            attempts.begin(new Person("name" + n, "address" + n));
            now = now.plusSeconds(60);
        }
        assertThat(attempts.remembered()).isLessThanOrEqualTo(30_001);
    }

    private void signIn(Person person) {
        assertThat(attempts.begin(person)).isZero();
        attempts.succeeded(person);
    }

    private void fail(Person person, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.begin(person)).isZero();
        }
    }
}
