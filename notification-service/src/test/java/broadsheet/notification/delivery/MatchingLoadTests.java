package broadsheet.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class MatchingLoadTests {

    private static final Duration WAIT = Duration.ofSeconds(15);

    private Instant now = Instant.parse("2026-05-04T10:00:00Z");
    private final MatchingLoad load = new MatchingLoad(() -> now);

    @Test
    void mailsWaitWhileAnEventIsMatchedAndNotAfterIt() {
        assertThat(load.isBusyForLessThan(WAIT)).isFalse();
        Sinks.Empty<Void> matched = Sinks.empty();
        load.during(matched.asMono()).subscribe();
        assertThat(load.isBusyForLessThan(WAIT)).isTrue();
        matched.tryEmitEmpty();
        assertThat(load.isBusyForLessThan(WAIT)).isFalse();
    }

    @Test
    void mailsAreNotHeldUpForLongByManyEventsThatFollowEachOther() {
        for (int event = 0; event < 4; event++) {
            load.during(Mono.fromRunnable(() -> now = now.plusSeconds(5))).block();
        }
        load.during(Mono.fromRunnable(
                        () -> assertThat(load.isBusyForLessThan(WAIT)).isFalse()))
                .block();

        now = now.plusSeconds(2);
        load.during(Mono.fromRunnable(
                        () -> assertThat(load.isBusyForLessThan(WAIT)).isTrue()))
                .block();
    }

    @Test
    void mailsGoOnWhereMatchingFails() {
        load.during(Mono.error(new IllegalStateException("The store is away")))
                .onErrorComplete()
                .block();
        assertThat(load.isBusyForLessThan(WAIT)).isFalse();
    }
}
