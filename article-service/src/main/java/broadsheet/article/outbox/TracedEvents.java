package broadsheet.article.outbox;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.events.EventCodec;
import broadsheet.web.operations.TraceParent;
import java.time.Instant;
import reactor.util.context.ContextView;

/** Encodes article-service's own events, each in the trace of the request that causes it. */
public final class TracedEvents {

    static final String SOURCE = "/article-service";

    private TracedEvents() {}

    /**
     * The event as Kafka gets it.
     *
     * @param request the Reactor context of the request; without a trace in it the event has none
     */
    public static EncodedEvent encode(Instant time, Event event, ContextView request) {
        EncodedEvent encoded = EventCodec.encode(Envelope.of(SOURCE, time, event));
        return TraceParent.of(request)
                .map(traceParent -> encoded.withHeader(TraceParent.HEADER, traceParent))
                .orElse(encoded);
    }
}
