package broadsheet.web.operations;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** The trace that a request belongs to, as W3C Trace Context writes it, for the events that the request causes. */
public final class TraceParent {

    public static final String HEADER = "traceparent";

    private TraceParent() {}

    /** Of the request whose pipeline this is the Reactor context of; empty where nobody traces. */
    public static Optional<String> of(ContextView context) {
        return Optional.ofNullable(
                        context.<@Nullable Observation>getOrDefault(ObservationThreadLocalAccessor.KEY, null))
                .map(observation -> observation.getContextView().<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(Span::context)
                .map(TraceParent::text);
    }

    private static String text(TraceContext trace) {
        return "00-%s-%s-%s"
                .formatted(trace.traceId(), trace.spanId(), Boolean.TRUE.equals(trace.sampled()) ? "01" : "00");
    }
}
