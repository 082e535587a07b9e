package broadsheet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class PeriodicWorkTests {

    private final AtomicInteger runs = new AtomicInteger();

    private VirtualTimeScheduler time;

    @SuppressWarnings("NullAway.Init")
    PeriodicWorkTests() {}

    @BeforeEach
    void virtualTime() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void aRunThatFailsIsTriedNextTime() {
        start(Mono.error(new IllegalStateException("the store is away")));

        assertThat(runsAfter(Duration.ofSeconds(3))).isEqualTo(3);
    }

    @Test
    void nothingRunsBesideARunThatTakesLong() {
        start(Mono.delay(Duration.ofSeconds(5)).then());

        assertThat(runsAfter(Duration.ofSeconds(5))).isEqualTo(1);
        assertThat(runsAfter(Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void aRunThatHangsIsNotTheLast() {
        start(Mono.never());

        assertThat(runsAfter(Duration.ofMinutes(11))).isEqualTo(2);
    }

    @Test
    void nothingRunsAfterTheStop() {
        PeriodicWork work = start(Mono.empty());
        runsAfter(Duration.ofSeconds(2));
        work.stop();

        assertThat(runsAfter(Duration.ofSeconds(2))).isEqualTo(2);
        assertThat(work.isRunning()).isFalse();
    }

    private PeriodicWork start(Mono<Void> run) {
        var work = new PeriodicWork(Duration.ofSeconds(1), Duration.ofSeconds(1)) {
            @Override
            protected Mono<Void> run() {
                runs.incrementAndGet();
                return run;
            }
        };
        work.start();
        return work;
    }

    private int runsAfter(Duration pause) {
        time.advanceTimeBy(pause);
        return runs.get();
    }
}
