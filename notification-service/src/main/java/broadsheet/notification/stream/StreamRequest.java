package broadsheet.notification.stream;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.ResumePoint;
import broadsheet.web.connection.ClientAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a client asked for.
 *
 * @param last the last id that it has; without one it gets what happens from now on
 * @param query as it was sent
 */
record StreamRequest(String address, @Nullable ResumePoint last, EventFilter filter, String query) {

    static StreamRequest of(ServerHttpRequest request, @Nullable ResumePoint last, EventFilter filter) {
        return new StreamRequest(
                ClientAddress.network(request),
                last,
                filter,
                Objects.requireNonNullElse(request.getURI().getRawQuery(), ""));
    }

    /** Where the same events can be asked for from that point on. */
    String catchUp(ResumePoint from) {
        return UriComponentsBuilder.fromPath("/api/notifications")
                .query(query)
                .replaceQueryParam("lastEventId")
                .queryParam("after", from.encode())
                .build()
                .toUriString();
    }
}
