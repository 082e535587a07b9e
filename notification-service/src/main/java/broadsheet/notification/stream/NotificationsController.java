package broadsheet.notification.stream;

import broadsheet.notification.stream.RecentNotifications.Replay;
import broadsheet.notification.stream.Signal.Told;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** What was published, for anyone: as it happens, or as a list to be asked for. */
@RestController
@RequestMapping("/api/notifications")
class NotificationsController {

    private static final int LONGEST_ID = 2_000;

    private final NotificationStream stream;
    private final NotificationBroadcast broadcast;

    NotificationsController(NotificationStream stream, NotificationBroadcast broadcast) {
        this.stream = stream;
        this.broadcast = broadcast;
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<String>>> stream(
            @RequestParam MultiValueMap<String, String> query,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        String last = lastEventId == null || lastEventId.isBlank() ? query.getFirst("lastEventId") : lastEventId;
        var events = stream.open(position("lastEventId", last), FilterParameters.filter(query));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(events);
    }

    /** The same events as the stream, oldest first; from the oldest kept one where no cursor says otherwise. */
    @GetMapping
    ResponseEntity<Notifications> list(
            @RequestParam MultiValueMap<String, String> query,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        var filter = FilterParameters.filter(query);
        Replay replay = broadcast.since(position("after", after));
        var cursor = new Cursor(replay.from(), filter);
        var items = new ArrayList<Notification>();
        for (Told told : replay.kept()) {
            if (items.size() == most) {
                break;
            }
            if (cursor.passes(told)) {
                items.add(told.message().notification());
            }
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Notifications(items, cursor.position().encode(), replay.gap()));
    }

    private static @Nullable Position position(String field, @Nullable String id) {
        if (id == null || id.isBlank()) {
            return null;
        }
        try {
            if (id.length() > LONGEST_ID) {
                throw new IllegalArgumentException("An id of " + id.length() + " characters");
            }
            return Position.decode(id);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "is not an id of this stream");
        }
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

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gap gap) {}
}
