package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.subscription.Channel;
import broadsheet.web.operations.TraceParent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes each attempt a span of the trace that its event began in, and times attempts by channel and outcome. A digest has a
 * span in the trace of each of its events.
 */
@Component
class AttemptTraces {

    private final ObservationRegistry observations;

    AttemptTraces(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** The channel finds the first one's span in its Reactor context ({@link TraceParent#of}). */
    Mono<DeliveryOutcome> traced(Channel channel, List<Claimed> sent, Mono<DeliveryOutcome> attempt) {
        return Mono.defer(() -> {
            List<Observation> spans = sent.stream()
                    .map(claimed -> observation(channel, claimed.delivery()).start())
                    .toList();
            return attempt.doOnNext(outcome ->
                            spans.forEach(span -> span.lowCardinalityKeyValue("outcome", lowerCase(outcome))))
                    .doFinally(end -> spans.forEach(Observation::stop))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, spans.get(0)));
        });
    }

    private Observation observation(Channel channel, Delivery delivery) {
        String name = channel.name().toLowerCase(Locale.ROOT);
        return Observation.createNotStarted("broadsheet.notification.attempt", () -> parent(delivery), observations)
                .contextualName("alert by " + name)
                .lowCardinalityKeyValue("channel", name)
                .lowCardinalityKeyValue("outcome", "none") // where the service stops meanwhile
                .highCardinalityKeyValue("event", delivery.event())
                .highCardinalityKeyValue("subscription", delivery.subscription());
    }

    private static ReceiverContext<Delivery> parent(Delivery delivery) {
        var parent = new ReceiverContext<Delivery>(
                (carrier, header) -> header.equals(TraceParent.HEADER) ? carrier.traceParent() : null, Kind.CLIENT);
        parent.setCarrier(delivery);
        return parent;
    }

    private static String lowerCase(DeliveryOutcome outcome) {
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
