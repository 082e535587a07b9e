package broadsheet.article.schedule;

import broadsheet.article.store.ListedArticle;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells the newsroom what is going to be published when. */
@RestController
@RequestMapping("/api/schedule")
class ScheduleController {

    private final ScheduledArticles scheduled;
    private final ScheduleLag lag;

    ScheduleController(ScheduledArticles scheduled, ScheduleLag lag) {
        this.scheduled = scheduled;
        this.lag = lag;
    }

    /** The next one first; the cursor says behind how many the list goes on. */
    @GetMapping
    Mono<ScheduleResponse> next(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        int skipped = cursor == null ? 0 : number(cursor);
        return scheduled
                .next(skipped, most + 1)
                .collectList()
                .map(found -> Page.of(found, most, ScheduledItem::of, last -> skipped + most))
                .map(page -> new ScheduleResponse(
                        page.items(), page.nextCursor(), lag.now().toMillis() / 1_000.0));
    }

    private static int number(String cursor) {
        try {
            return Math.max(0, Integer.parseInt(cursor));
        } catch (NumberFormatException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }

    /** @param scheduleLagSeconds for how long an article has waited beyond its time; 0 where none has */
    record ScheduleResponse(
            List<ScheduledItem> items, @Nullable String nextCursor, double scheduleLagSeconds) {}

    record ScheduledItem(String id, String title, Instant scheduledAt, String scheduledBy, long version) {

        static ScheduledItem of(ListedArticle article) {
            var schedule = Objects.requireNonNull(article.schedule());
            return new ScheduledItem(
                    article.id(),
                    article.content().title(),
                    schedule.at(),
                    schedule.by().username(),
                    article.version());
        }
    }
}
