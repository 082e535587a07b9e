package broadsheet.notification.delivery;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.operations.TraceParent;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/** A channel whose receivers do what a test tells them. */
public final class RecordingChannel implements DeliveryChannel {

    private final Channel channel;
    private final Set<String> throwing = ConcurrentHashMap.newKeySet();
    private final Queue<OutgoingMessage> messages = new ConcurrentLinkedQueue<>();
    private final Map<OutgoingMessage, String> traces = Collections.synchronizedMap(new IdentityHashMap<>());
    private final ConcurrentMap<String, Mono<DeliveryOutcome>> outcomes = new ConcurrentHashMap<>();

    public RecordingChannel(Channel channel) {
        this.channel = channel;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public Mono<Void> check(Target target) {
        return target instanceof WebhookTarget webhook && webhook.url().contains(" ")
                ? Mono.error(new InvalidFieldException("target.url", "is not a URL"))
                : Mono.empty();
    }

    @Override
    public Mono<DeliveryOutcome> send(OutgoingMessage message) {
        if (throwing.contains(message.subscription().id())) {
            throw new IllegalStateException("There is no way to write this");
        }
        return Mono.deferContextual(context -> {
            messages.add(message);
            TraceParent.of(context).ifPresent(trace -> traces.put(message, trace));
            return outcomes.getOrDefault(message.subscription().id(), Mono.just(new DeliveryOutcome.Delivered(204)));
        });
    }

    /** What becomes of messages to a subscription from now on. */
    public void answer(String subscription, Mono<DeliveryOutcome> outcome) {
        outcomes.put(subscription, outcome);
    }

    /** Throws, as no channel should, for whatever is sent to a subscription. */
    public void throwFor(String subscription) {
        throwing.add(subscription);
    }

    public List<OutgoingMessage> sentTo(String subscription) {
        return messages.stream()
                .filter(message -> message.subscription().id().equals(subscription))
                .toList();
    }

    /** The trace of each message that a subscription got, in order. */
    public List<String> tracesOf(String subscription) {
        return sentTo(subscription).stream().map(traces::get).toList();
    }

    /** Kinds and articles of all events that a subscription got, in order. */
    public List<String> told(String subscription) {
        return sentTo(subscription).stream()
                .flatMap(message -> message.events().stream())
                .map(RecordingChannel::text)
                .toList();
    }

    private static String text(PublicEvent event) {
        return event.kind() + " " + event.notification().article().id();
    }
}
