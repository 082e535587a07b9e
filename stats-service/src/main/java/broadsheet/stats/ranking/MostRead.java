package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** The best articles that were seen so far, of all and of each category, at most so many of each. */
final class MostRead {

    /** The category that every article is in. */
    static final String ALL = "";

    private static final Comparator<HitCount> WORST_FIRST =
            Comparator.comparingLong(HitCount::hits).thenComparing(HitCount::articleId, Comparator.reverseOrder());

    private final int size;
    private final Map<String, PriorityQueue<HitCount>> best = new HashMap<>();

    MostRead(int size) {
        this.size = size;
        best.put(ALL, new PriorityQueue<>(WORST_FIRST));
    }

    /** An article counts once; one without hits is not ranked. */
    void add(HitCount article, String category) {
        if (article.hits() > 0) {
            add(article, best.computeIfAbsent(ALL, none -> new PriorityQueue<>(WORST_FIRST)));
            add(article, best.computeIfAbsent(category, none -> new PriorityQueue<>(WORST_FIRST)));
        }
    }

    private void add(HitCount article, PriorityQueue<HitCount> ranked) {
        ranked.add(article);
        if (ranked.size() > size) {
            ranked.remove();
        }
    }

    /** Whether no article that has at most so many hits can be among the best of a category any more. */
    boolean isSettled(String category, long hits) {
        return hits <= 0 || hits <= worstOfEnough(category);
    }

    /** 0 where there are fewer than are looked for. */
    private long worstOfEnough(String category) {
        PriorityQueue<HitCount> ranked = best.getOrDefault(category, new PriorityQueue<>(WORST_FIRST));
        HitCount worst = ranked.size() < size ? null : ranked.peek();
        return worst == null ? 0 : worst.hits();
    }

    Set<String> categories() {
        return new TreeSet<>(best.keySet());
    }

    List<HitCount> mostHitsFirst(String category) {
        PriorityQueue<HitCount> ranked = best.getOrDefault(category, new PriorityQueue<>(WORST_FIRST));
        return ranked.stream().sorted(WORST_FIRST.reversed()).toList();
    }
}
