package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.US_ASCII;

import broadsheet.article.store.PublicVersions;
import broadsheet.web.access.SecurityHeaders;
import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
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
    private final ReportedViewMetrics metrics;

    ViewHandler(
            PublicVersions versions,
            ViewRecorder views,
            CountableRequests countable,
            SecurityHeaders headers,
            ProblemWriter problems,
            ReportedViewMetrics metrics) {
        this.versions = versions;
        this.views = views;
        this.countable = countable;
        this.headers = headers;
        this.problems = problems;
        this.metrics = metrics;
    }

    @Override
    public HttpHandler apply(HttpHandler others) {
        return (request, response) -> {
            var report = ReportedView.of(request);
            Long version = report == null || countable.isCrossSite(request) ? null : versions.of(report.articleId());
            return report == null || version == null
                    ? others.handle(request, response)
                    : Mono.defer(() -> metrics.timed(request, response, answer(report, version, request, response)));
        };
    }

    private Mono<Void> answer(
            ReportedView report, long version, ServerHttpRequest request, ServerHttpResponse response) {
        headers.setOn(response.getHeaders());
        return views.recordReported(report.articleId(), version, report.referrer(), report.alert(), request)
                .flatMap(eventId -> accepted(eventId, response))
                .onErrorResume(ProblemException.class, problem -> problems.write(request, response, problem));
    }

    private static Mono<Void> accepted(String eventId, ServerHttpResponse response) {
        byte[] body = ("{\"eventId\":\"" + eventId + "\"}").getBytes(US_ASCII);
        response.setStatusCode(HttpStatus.ACCEPTED);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
