package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import broadsheet.article.store.PublicVersions;
import broadsheet.web.access.SecurityHeaders;
import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.HashMap;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes views that pages report ahead of Spring Security and WebFlux, without a read of the store. What is not a plain
 * report of a view of an article that is known to be public goes on to them and to {@link ViewController}, which answers the
 * same.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // the first decorator is the outermost
class ViewHandler implements HttpHandlerDecoratorFactory {

    private final PublicVersions versions;
    private final ViewRecorder views;
    private final CountableRequests countable;
    private final SecurityHeaders headers;
    private final ProblemWriter problems;
    private final ObservationRegistry observations;

    ViewHandler(
            PublicVersions versions,
            ViewRecorder views,
            CountableRequests countable,
            SecurityHeaders headers,
            ProblemWriter problems,
            ObservationRegistry observations) {
        this.versions = versions;
        this.views = views;
        this.countable = countable;
        this.headers = headers;
        this.problems = problems;
        this.observations = observations;
    }

    @Override
    public HttpHandler apply(HttpHandler others) {
        return (request, response) -> {
            var report = ReportedView.of(request);
            Long version = report == null || countable.isCrossSite(request) ? null : versions.of(report.articleId());
            return report == null || version == null
                    ? others.handle(request, response)
                    : Mono.defer(() -> observed(report, version, request, response));
        };
    }

    private Mono<Void> observed(
            ReportedView report, long version, ServerHttpRequest request, ServerHttpResponse response) {
        headers.setOn(response.getHeaders());
        Observation observation = observation(request, response).start();
        return views.recordReported(report.articleId(), version, report.referrer(), request)
                .flatMap(eventId -> accepted(eventId, response))
                .onErrorResume(ProblemException.class, problem -> problems.write(request, response, problem))
                .doOnError(observation::error)
                .doFinally(signal -> observation.stop())
                .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
    }

    private static Mono<Void> accepted(String eventId, ServerHttpResponse response) {
        byte[] body = ("{\"eventId\":\"" + eventId + "\"}").getBytes(US_ASCII);
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private Observation observation(ServerHttpRequest request, ServerHttpResponse response) {
        var context = new ServerRequestObservationContext(request, response, new HashMap<>());
        context.setPathPattern(ViewController.PATH);
        return ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS.observation(
                null, new DefaultServerRequestObservationConvention(), () -> context, observations);
    }
}
