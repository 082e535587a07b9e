package broadsheet.faults;

import broadsheet.faults.FaultSequence.PlannedFault;
import broadsheet.testservers.process.Killable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets faults happen for a time: those of stores one after another, beside them those of services. */
final class FaultInjector {

    private final Processes processes;
    private final Waits waits;
    private final PrintStream out;
    private final Map<Fault, Integer> happened = new ConcurrentSkipListMap<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private final long start = System.nanoTime();

    FaultInjector(Processes processes, Waits waits, PrintStream out) {
        this.processes = processes;
        this.waits = waits;
        this.out = out;
    }

    /** Completes after that time, once whatever was killed or paused is back. */
    CompletableFuture<Void> run(long seed, Duration time) {
        return CompletableFuture.allOf(
                run(new FaultSequence(Fault.OF_STORES, seed), time),
                run(new FaultSequence(Fault.OF_SERVICES, seed + 1), time));
    }

    Map<Fault, Integer> happened() {
        return happened;
    }

    /** How often a process ended by itself and was started again. */
    int restarts() {
        return restarts.get();
    }

    private CompletableFuture<Void> run(FaultSequence faults, Duration time) {
        return CompletableFuture.runAsync(
                () -> {
                    for (PlannedFault next = faults.next(); fits(next, time); next = faults.next()) {
                        sleep(next.after());
                        happen(next);
                    }
                },
                work -> new Thread(work, "faults").start());
    }

    private boolean fits(PlannedFault fault, Duration time) {
        return elapsed().plus(fault.after()).plus(fault.lasts()).compareTo(time) < 0;
    }

    private void happen(PlannedFault planned) {
        Fault fault = planned.fault();
        Killable victim = processes.victim(planned);
        out.printf(
                "%6.1f s  %s: %s for %.1f s%n",
                elapsed().toMillis() / 1e3,
                fault,
                victim.name(),
                planned.lasts().toMillis() / 1e3);
        Runnable endOfPause = fault.isPause() ? waits.pause() : () -> {};
        fault.begin(victim);
        sleep(planned.lasts());
        fault.end(victim);
        endOfPause.run();
        restarts.addAndGet(processes.awaitAnswer(victim));
        happened.merge(fault, 1, Integer::sum);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
