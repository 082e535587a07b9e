package broadsheet.stats.live;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.erased.ErasedArticles;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What this instance has counted since it told the others last: no more than can be counted in a second. */
@Component
public class LiveCounts {

    private final ErasedArticles erased;
    private Counts counts = new Counts();

    public LiveCounts(ErasedArticles erased) {
        this.erased = erased;
    }

    /** Adds views that are counted; after a crash some may be added twice, unlike in the ledger. */
    public synchronized void add(List<ClassifiedView> views) {
        views.forEach(view -> counts.views.merge(view.classification(), 1L, Long::sum));
        for (ClassifiedView hit : ClassifiedView.hits(views)) {
            if (!erased.contains(hit.opened().articleId())) {
                counts.hits.merge(hit.opened().articleId(), 1L, Long::sum);
            }
        }
    }

    synchronized Counts take() {
        Counts taken = counts;
        counts = new Counts();
        return taken;
    }

    /** Views by what they are, and hits by article. */
    record Counts(Map<Classification, Long> views, Map<String, Long> hits) {

        private Counts() {
            this(new EnumMap<>(Classification.class), new HashMap<>());
        }

        boolean isEmpty() {
            return views.isEmpty();
        }
    }
}
