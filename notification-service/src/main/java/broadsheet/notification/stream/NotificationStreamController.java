package broadsheet.notification.stream;

import broadsheet.notification.event.FilterParameters;
import broadsheet.notification.event.ResumeParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is published, as it happens: the answers that {@link StreamHandler} leaves, such as errors and streams of staff. */
@RestController
class NotificationStreamController {

    static final String PATH = "/api/notifications/stream";

    private final StreamConnections connections;

    NotificationStreamController(StreamConnections connections) {
        this.connections = connections;
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(
            @RequestParam(required = false) @Nullable List<String> category,
            @RequestParam(required = false) @Nullable List<String> tag,
            @RequestParam(required = false) @Nullable List<String> author,
            @RequestParam(required = false) @Nullable List<String> keyword,
            @RequestParam(required = false) @Nullable String lastEventId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventIdHeader,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            StreamResponse.setHeaders(response);
            return response.setComplete(); // no stream, which would never end and which nobody would read
        }
        var stream = connections.open(StreamRequest.of(
                request,
                ResumeParameter.read("lastEventId", StreamResponse.lastEventId(lastEventIdHeader, lastEventId)),
                FilterParameters.filter(category, tag, author, keyword)));
        return StreamResponse.write(response, stream);
    }
}
