package broadsheet.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The longest that each kind of request waited for its answer, and the longest of those that met a pause of a server. */
final class Waits {

    private final Map<Kind, Long> all = new ConcurrentHashMap<>();
    private final Map<Kind, Long> inPauses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Pause> pauses = new ConcurrentLinkedQueue<>();

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

    void answered(Kind kind, long sentNanos) {
        long now = System.nanoTime();
        all.merge(kind, now - sentNanos, Math::max);
        if (pauses.stream().anyMatch(pause -> pause.meets(sentNanos, now))) {
            inPauses.merge(kind, now - sentNanos, Math::max);
        }
    }

    /** A server is paused from now until the run of what this returns. */
    Runnable pause() {
        Pause pause = new Pause(System.nanoTime());
        pauses.add(pause);
        return pause::end;
    }

    Duration longest(Kind kind) {
        return Duration.ofNanos(all.getOrDefault(kind, 0L));
    }

    Duration longestInPauses(Kind kind) {
        return Duration.ofNanos(inPauses.getOrDefault(kind, 0L));
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
