package broadsheet.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** The times at which views were acknowledged that no total held yet, and how long the others waited for one. */
final class WaitingViews {

    private final Map<String, Counted> articles = new ConcurrentHashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private final long warmUntil;

    /** @param warmUntil views that were acknowledged before are left out, by {@link System#nanoTime()} */
    WaitingViews(long warmUntil) {
        this.warmUntil = warmUntil;
    }

    private static final class Counted {
        private final Queue<Long> acknowledged = new ArrayDeque<>();
        private long total;
    }

    void acknowledged(String article) {
        Counted counted = articles.computeIfAbsent(article, first -> new Counted());
        synchronized (counted) {
            counted.acknowledged.add(System.nanoTime());
        }
    }

    void total(String article, long hits) {
        Counted counted = articles.computeIfAbsent(article, first -> new Counted());
        long now = System.nanoTime();
        synchronized (counted) {
            for (; counted.total < hits && !counted.acknowledged.isEmpty(); counted.total++) {
                long acknowledged = counted.acknowledged.remove();
                if (acknowledged > warmUntil) {
                    synchronized (waits) {
                        waits.add(now - acknowledged);
                    }
                }
            }
        }
    }

    void print(String what) {
        List<Long> sorted;
        synchronized (waits) {
            sorted = new ArrayList<>(waits);
        }
        if (sorted.isEmpty()) {
            System.out.printf("%s: none%n", what);
            return;
        }
        Collections.sort(sorted);
        System.out.printf(
                "%s: %,d views, half within %d ms, 99 %% within %d ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2) / 1_000_000,
                sorted.get(sorted.size() * 99 / 100) / 1_000_000);
    }
}
