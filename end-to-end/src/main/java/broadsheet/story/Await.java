package broadsheet.story;

import java.io.IOException;
import java.time.Duration;

/** Repeats a check until it holds, or for as long as it must hold. */
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /** A check throws what is wrong, or nothing. */
    interface Check {
        void run() throws IOException, InterruptedException;
    }

    /** Returns once the check holds; throws what was last wrong with it when the time is over. */
    static void within(Duration bound, Check check) throws IOException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (Mismatch | IOException wrong) {
                if (System.nanoTime() > end) {
                    throw wrong;
                }
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Returns when the check has held for all of that time. */
    static void throughout(Duration time, Check check) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        do {
            check.run();
            Thread.sleep(PAUSE.toMillis());
        } while (System.nanoTime() < end);
        check.run();
    }
}
