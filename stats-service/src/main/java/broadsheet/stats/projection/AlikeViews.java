package broadsheet.stats.projection;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ClassifiedView.OfArticle;
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
 * @param hour when it was seen, in hours since 1970; 0 where the view is no article's
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
        ArticleViewed opened = view instanceof OfArticle counted ? counted.view() : null;
        return new AlikeViews(
                view.partition(),
                view.classification(),
                opened == null ? null : opened.articleId(),
                opened == null ? 0 : hour(opened.occurredAt()),
                hour(view.receivedAt()));
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }
}
