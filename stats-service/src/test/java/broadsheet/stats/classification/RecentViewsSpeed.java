package broadsheet.stats.classification;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** To be run by hand: how many views a second of CPU are judged by what is remembered, and how many bytes each takes. */
final class RecentViewsSpeed {

    private static final int VIEWS = 1_000_000;
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private RecentViewsSpeed() {}

    public static void main(String[] arguments) {
        String[] events = new String[VIEWS];
        for (int view = 0; view < VIEWS; view++) {
            events[view] = UUID.randomUUID().toString();
        }
        for (int round = 0; round < 4; round++) {
            measure("20 articles, 10 min", events, 20, Duration.ofMinutes(10), VIEWS * 2);
            measure("1,000,000 articles, 10 min", events, VIEWS, Duration.ofMinutes(10), VIEWS * 2);
            measure("20 articles, 30 s", events, 20, Duration.ofSeconds(30), VIEWS);
            measure("20 articles, 30 s, default capacity", events, 20, Duration.ofSeconds(30), 350_000);
            measure("20 articles, 10 min, default capacity", events, 20, Duration.ofMinutes(10), 350_000);
        }
    }

    private static void measure(String what, String[] events, int articles, Duration within, int capacity) {
        long before = usedBytes();
        var recentViews = new RecentViews(Duration.ofMinutes(10), Duration.ofSeconds(30), capacity);
        long start = cpuNanos();
        int known = 0;
        for (int view = 0; view < VIEWS; view++) {
            Instant at = NOON.plusMillis(within.toMillis() * view / VIEWS);
            String article = "01a20cd9-197e-7f4f-86aa-" + view % articles;
            String visitor = events[view];
            recentViews.advanceTo(at.toEpochMilli());
            if (recentViews.hasSeen(events[view]) || recentViews.hasOpened(article, visitor, at)) {
                known++;
            }
            recentViews.remember(events[view], article, visitor, at);
        }
        double seconds = (cpuNanos() - start) / 1e9;
        long bytes = usedBytes() - before;
        System.out.printf(
                "%-40s %,10.0f views/s %6.1f MB, %5.1f bytes a view, %d known%n",
                what, VIEWS / seconds, bytes / 1e6, (double) bytes / VIEWS, known + (recentViews.hasSeen("") ? 1 : 0));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
