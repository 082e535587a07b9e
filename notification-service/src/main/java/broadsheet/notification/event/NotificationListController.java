package broadsheet.notification.event;

import broadsheet.web.cache.SharedHttpCache;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.paging.Page;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What was published, for anyone, as a list to be asked for; its cursors are the ids of the stream. */
@RestController
class NotificationListController implements HistoryObserver {

    private static final Duration MAX_SEARCH_TIME = Duration.ofSeconds(5);

    private final EventHistory history;
    private final SharedHttpCache answers;
    private final Scheduler notificationSearch;

    NotificationListController(
            EventHistory history,
            SharedHttpCache answers,
            @Qualifier("notificationSearch") Scheduler notificationSearch) {
        this.history = history;
        this.answers = answers;
        this.notificationSearch = notificationSearch;
    }

    @Override
    public void onHistoryChanged() {
        answers.drop("notifications");
    }

    /** The same events as the stream, oldest first; from the oldest kept one where no cursor says otherwise. */
    @GetMapping("/api/notifications")
    Mono<Notifications> list(
            @RequestParam(required = false) @Nullable List<String> category,
            @RequestParam(required = false) @Nullable List<String> tag,
            @RequestParam(required = false) @Nullable List<String> author,
            @RequestParam(required = false) @Nullable List<String> keyword,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit,
            ServerWebExchange exchange) {
        int max = Page.limit(limit);
        var filter = FilterParameters.filter(category, tag, author, keyword);
        ResumePoint point = ResumeParameter.read("after", after);
        var page = Mono.fromSupplier(() -> page(point, filter, max, exchange));
        return filter.hasKeywords() ? page.subscribeOn(notificationSearch).timeout(MAX_SEARCH_TIME) : page;
    }

    private Notifications page(@Nullable ResumePoint point, EventFilter filter, int max, ServerWebExchange exchange) {
        EventReader reader = point == null ? history.fromOldest(filter) : history.resume(point, filter);
        var items = new ArrayList<Notification>();
        while (items.size() < max) {
            PublicEvent event = reader.poll();
            if (event == null) {
                break;
            }
            items.add(event.notification());
        }
        SharedResponses.share(exchange, "notifications");
        return new Notifications(items, reader.resumePoint().encode(), reader.gap());
    }

    /**
     * A page of notifications.
     *
     * @param nextCursor never null, since more may come: an empty page means that there is nothing new yet
     * @param gap only where something between the cursor and the items may be missing
     */
    record Notifications(
            List<Notification> items,
            String nextCursor,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HistoryGap gap) {}
}
