package broadsheet.stats.projection;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What views have in common that each projection counts in one document: which one, is asked once for all of them, not for
 * every view.
 *
 * @param hour that it is counted in, in hours since 1970
 * @param receivedInHour when it was received, in hours since 1970
 */
record AlikeViews(
        String partition,
        Classification classification,
        @Nullable String articleId,
        long hour,
        long receivedInHour) {

    private static final long SECONDS = 3_600;

    static Collection<List<ClassifiedView>> group(List<ClassifiedView> views) {
        Map<AlikeViews, List<ClassifiedView>> groups = new HashMap<>();
        for (ClassifiedView view : views) {
            groups.computeIfAbsent(of(view), first -> new ArrayList<>()).add(view);
        }
        return groups.values();
    }

    private static AlikeViews of(ClassifiedView view) {
        return new AlikeViews(
                view.partition(),
                view.classification(),
                view.articleId(),
                hour(view.countedAt()),
                hour(view.receivedAt()));
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }
}
