package broadsheet.notification.subscription.api;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.EventReader;
import broadsheet.notification.event.Notification;
import broadsheet.notification.event.Notification.PublicArticle;
import broadsheet.notification.event.PublicEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter would have found lately, so that someone knows before they subscribe.
 *
 * @param articles that were published
 * @param days how far back it looks; fewer where the history does not go back so far
 * @param examples the newest of them, newest first
 */
record FilterPreview(long articles, long days, double perWeek, Instant since, List<Example> examples) {

    private static final Duration LOOKS_BACK = Duration.ofDays(30);
    private static final int EXAMPLES = 5;

    record Example(String title, String url, @Nullable Instant publishedAt) {

        static Example of(PublicArticle article) {
            return new Example(article.title(), article.url(), article.publishedAt());
        }
    }

    static FilterPreview of(EventFilter filter, EventHistory history, Instant now) {
        EventReader published = history.fromOldest(new EventFilter(
                filter.categories(), filter.tags(), filter.authors(), filter.keywords(), Set.of(EventKind.PUBLISHED)));
        Instant kept = published.resumePoint().asOf();
        Instant wanted = now.minus(LOOKS_BACK).truncatedTo(ChronoUnit.MILLIS);
        Instant since = kept.isAfter(wanted) ? kept : wanted;
        var found = new LinkedHashMap<String, Example>();
        for (PublicEvent event = published.poll(); event != null; event = published.poll()) {
            Notification notification = event.notification();
            if (!notification.time().isBefore(since) && notification.article() instanceof PublicArticle article) {
                found.remove(article.id()); // published anew, it is among the newest
                found.put(article.id(), Example.of(article));
            }
        }
        long days = Math.max(1, Duration.between(since, now).plusHours(12).toDays());
        return new FilterPreview(found.size(), days, perWeek(found.size(), days), since, newest(found));
    }

    private static double perWeek(int articles, long days) {
        return Math.round(articles * 70.0 / days) / 10.0;
    }

    private static List<Example> newest(LinkedHashMap<String, Example> found) {
        var newest = new ArrayList<>(found.values());
        Collections.reverse(newest);
        return List.copyOf(newest.subList(0, Math.min(EXAMPLES, newest.size())));
    }
}
