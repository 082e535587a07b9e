package broadsheet.article.view;

import broadsheet.web.operations.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Times answers to reported views in {@code http.server.requests}, as WebFlux times its own. A span, which costs more than
 * all else that is done for a view, is made only of a request that brings a trace, or where traces are exported.
 */
@Component
class ReportedViewMetrics {

    private final DefaultServerRequestObservationConvention convention =
            new DefaultServerRequestObservationConvention();
    private final ObservationRegistry observations;
    private final MeterRegistry meters;
    private final boolean tracesLeave;

    /** Of nearly all answers; looked up once. */
    private volatile @Nullable Timer accepted;

    ReportedViewMetrics(ObservationRegistry observations, MeterRegistry meters, TraceExportProperties traces) {
        this.observations = observations;
        this.meters = meters;
        this.tracesLeave = traces.enabled();
    }

    Mono<Void> timed(ServerHttpRequest request, ServerHttpResponse response, Mono<Void> answer) {
        if (tracesLeave || request.getHeaders().containsHeader(TraceParent.HEADER)) {
            return observed(context(request, response), answer);
        }
        long began = System.nanoTime();
        return answer.doOnError(
                        e -> timer(request, response, e).record(System.nanoTime() - began, TimeUnit.NANOSECONDS))
                .doOnSuccess(done -> timer(request, response).record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
    }

    private Mono<Void> observed(ServerRequestObservationContext context, Mono<Void> answer) {
        Observation observation = ServerHttpObservationDocumentation.HTTP_REACTIVE_SERVER_REQUESTS
                .observation(null, convention, () -> context, observations)
                .start();
        return answer.doOnError(observation::error)
                .doFinally(signal -> observation.stop())
                .contextWrite(reactor -> reactor.put(ObservationThreadLocalAccessor.KEY, observation));
    }

    private Timer timer(ServerHttpRequest request, ServerHttpResponse response) {
        if (!HttpStatus.ACCEPTED.equals(response.getStatusCode())) {
            return timer(request, response, null);
        }
        Timer known = accepted;
        if (known == null) {
            known = timer(request, response, null);
            accepted = known;
        }
        return known;
    }

    private Timer timer(ServerHttpRequest request, ServerHttpResponse response, @Nullable Throwable e) {
        ServerRequestObservationContext context = context(request, response);
        if (e != null) {
            context.setError(e);
        }
        Stream<Tag> tags = convention.getLowCardinalityKeyValues(context).stream()
                .map(value -> Tag.of(value.getKey(), value.getValue()));
        Tag error = Tag.of("error", e == null ? "none" : e.getClass().getSimpleName());
        return meters.timer(
                convention.getName(), Stream.concat(tags, Stream.of(error)).toList());
    }

    private static ServerRequestObservationContext context(ServerHttpRequest request, ServerHttpResponse response) {
        var context = new ServerRequestObservationContext(request, response, new HashMap<>());
        context.setPathPattern(ViewController.PATH);
        return context;
    }
}
