package broadsheet.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The longest that each kind of request waited for its answer, and the longest of those that met a pause of a server. */
final class Waits {

    private final Map<Kind, Wait> all = new ConcurrentHashMap<>();
    private final Map<Kind, Wait> inPauses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Pause> pauses = new ConcurrentLinkedQueue<>();

    private final long start = System.nanoTime();

    /**
     * @param sent when, since the start
     * @param answer its status, or why there was none
     */
    record Wait(Duration lasted, Duration sent, String answer) {

        static final Wait NONE = new Wait(Duration.ZERO, Duration.ZERO, "none");

        private static Wait longer(Wait one, Wait other) {
            return one.lasted.compareTo(other.lasted) < 0 ? other : one;
        }

        @Override
        public String toString() {
            return "%.1f s (sent at %.1f s, answer %s)"
                    .formatted(lasted.toMillis() / 1e3, sent.toMillis() / 1e3, answer);
        }
    }

    enum Kind {
        VIEW("a view"),
        ARTICLE("an article, JSON"),
        HOME("the home page"),
        HITS("hits of articles");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    void answered(Kind kind, long sentNanos, String answer) {
        long now = System.nanoTime();
        Wait wait = new Wait(Duration.ofNanos(now - sentNanos), Duration.ofNanos(sentNanos - start), answer);
        all.merge(kind, wait, Wait::longer);
        if (pauses.stream().anyMatch(pause -> pause.meets(sentNanos, now))) {
            inPauses.merge(kind, wait, Wait::longer);
        }
    }

    /** A server is paused from now until the run of what this returns. */
    Runnable pause() {
        Pause pause = new Pause(System.nanoTime());
        pauses.add(pause);
        return pause::end;
    }

    Wait longest(Kind kind) {
        return all.getOrDefault(kind, Wait.NONE);
    }

    Wait longestInPauses(Kind kind) {
        return inPauses.getOrDefault(kind, Wait.NONE);
    }

    private static final class Pause {
        private final long from;
        private volatile long lasted = Long.MAX_VALUE;

        Pause(long from) {
            this.from = from;
        }

        void end() {
            lasted = System.nanoTime() - from;
        }

        boolean meets(long sent, long answered) {
            return answered - from > 0 && sent - from < lasted;
        }
    }
}
