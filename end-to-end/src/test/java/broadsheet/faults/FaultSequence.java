package broadsheet.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Faults in a random order that a seed repeats; each kind once before any comes again. */
final class FaultSequence {

    private final List<Fault> kinds;
    private final Random random;
    private final Deque<Fault> next = new ArrayDeque<>();

    FaultSequence(List<Fault> kinds, long seed) {
        this.kinds = kinds;
        this.random = new Random(seed);
    }

    /**
     * A fault to come.
     *
     * @param after how long all is well before it
     * @param instance which of several processes it befalls, to be taken modulo their number
     */
    record PlannedFault(Fault fault, Duration after, Duration lasts, int instance) {}

    PlannedFault next() {
        if (next.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, random);
            next.addAll(shuffled);
        }
        Fault fault = next.removeFirst();
        return new PlannedFault(
                fault,
                millis(1_000, 4_000),
                millis(fault.leastSeconds() * 1_000, fault.mostSeconds() * 1_000),
                random.nextInt(2));
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }
}
