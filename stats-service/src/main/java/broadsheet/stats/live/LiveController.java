package broadsheet.stats.live;

import broadsheet.web.access.SessionTokens;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** What is counted now, as server-sent events. */
@RestController
class LiveController {

    private final LiveStreams streams;
    private final SessionTokens tokens;

    LiveController(LiveStreams streams, SessionTokens tokens) {
        this.streams = streams;
        this.tokens = tokens;
    }

    /** An event {@code numbers} each second, until the session ends or the instance stops. */
    @GetMapping(path = "/api/stats/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<LiveNumbers>> live(
            JwtAuthenticationToken session, ServerHttpRequest request, ServerHttpResponse response) {
        response.getHeaders().set("X-Accel-Buffering", "no");
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return Flux.empty(); // no stream, which would never end and which nobody would read
        }
        Flux<ServerSentEvent<LiveNumbers>> hello = Flux.just(ServerSentEvent.<LiveNumbers>builder()
                .comment("The numbers follow each second")
                .build());
        Flux<ServerSentEvent<LiveNumbers>> numbers = streams.numbers()
                .concatMap(
                        now -> tokens.decode(session.getToken().getTokenValue())
                                .map(good -> ServerSentEvent.builder(now)
                                        .event("numbers")
                                        .build()),
                        0)
                .onErrorResume(JwtException.class, ended -> Flux.empty());
        return streams.inPlace(hello.concatWith(numbers));
    }
}
