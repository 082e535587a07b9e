package broadsheet.notification.stream;

import broadsheet.notification.event.FilterParameters;
import broadsheet.notification.event.ResumeParameter;
import broadsheet.web.access.SecurityHeaders;
import broadsheet.web.access.SessionTokens;
import broadsheet.web.problem.ProblemException;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Serves streams to anyone ahead of Spring Security and WebFlux, which keep memory for a request as long as it lasts. A
 * request that is wrong, that comes with a session, or for which there is no place, goes on to them and to
 * {@link NotificationStreamController}, which answers it. A stream counts as a request once it is open.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // the first decorator is the outermost
class StreamHandler implements HttpHandlerDecoratorFactory {

    private static final Set<String> PARAMETERS = Set.of("category", "tag", "author", "keyword", "lastEventId");

    private final StreamConnections connections;
    private final ObservationRegistry observations;

    StreamHandler(StreamConnections connections, ObservationRegistry observations) {
        this.connections = connections;
        this.observations = observations;
    }

    @Override
    public HttpHandler apply(HttpHandler others) {
        return (request, response) ->
                isStream(request) ? stream(request, response, others) : others.handle(request, response);
    }

    private static boolean isStream(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.GET)
                && request.getPath().value().equals(NotificationStreamController.PATH)
                && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                && !request.getCookies().containsKey(SessionTokens.COOKIE)
                && takesEvents(request.getHeaders())
                && PARAMETERS.containsAll(request.getQueryParams().keySet())
                && request.getQueryParams().entrySet().stream().allMatch(StreamHandler::isPlain);
    }

    private static boolean isPlain(Map.Entry<String, List<String>> parameter) {
        List<String> values = parameter.getValue();
        return values.stream().allMatch(Objects::nonNull)
                && (values.size() == 1 || !parameter.getKey().equals("lastEventId"));
    }

    private static boolean takesEvents(HttpHeaders headers) {
        try {
            var accepted = headers.getAccept();
            return accepted.isEmpty() || accepted.stream().anyMatch(MediaType.TEXT_EVENT_STREAM::isCompatibleWith);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private Mono<Void> stream(ServerHttpRequest request, ServerHttpResponse response, HttpHandler others) {
        Function<HttpServerResponse, Mono<Void>> stream;
        try {
            stream = connections.open(read(request));
        } catch (ProblemException e) {
            return others.handle(request, response);
        }
        response.setStatusCode(HttpStatus.OK);
        SecurityHeaders.STANDARD.setOn(response.getHeaders());
        observe(request, response);
        return StreamResponse.write(response, stream);
    }

    private static StreamRequest read(ServerHttpRequest request) {
        MultiValueMap<String, String> query = request.getQueryParams();
        return StreamRequest.of(
                request,
                ResumeParameter.read(
                        "lastEventId",
                        StreamResponse.lastEventId(
                                request.getHeaders().getFirst("Last-Event-ID"), query.getFirst("lastEventId"))),
                FilterParameters.filter(
                        query.get("category"), query.get("tag"), query.get("author"), query.get("keyword")));
    }

    private void observe(ServerHttpRequest request, ServerHttpResponse response) {
        var context = new ServerRequestObservationContext(request, response, new HashMap<>());
        context.setPathPattern(NotificationStreamController.PATH);
        ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS
                .observation(null, new DefaultServerRequestObservationConvention(), () -> context, observations)
                .start()
                .stop();
    }
}
