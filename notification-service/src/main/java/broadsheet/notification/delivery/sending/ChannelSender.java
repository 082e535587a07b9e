package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.delivery.Deliveries;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** Sends what is due by one channel, to many subscribers beside each other, and stores what became of it. */
final class ChannelSender {

    private final DeliveryChannel channel;
    private final ChannelQueue queue;
    private final Deliveries deliveries;
    private final AttemptResults results;
    private final AttemptTraces traces;
    private final InstantSource clock;

    ChannelSender(
            DeliveryChannel channel,
            ChannelQueue queue,
            Deliveries deliveries,
            AttemptResults results,
            AttemptTraces traces,
            InstantSource clock) {
        this.channel = channel;
        this.queue = queue;
        this.deliveries = deliveries;
        this.results = results;
        this.traces = traces;
        this.clock = clock;
    }

    /** Goes on until it is disposed of; nothing is begun after {@code end}, and what is on its way is awaited. */
    Mono<Void> sendUntil(Mono<?> end, AssignedQueues partitions) {
        return queue.claimUntil(end, partitions)
                .flatMap(this::send, Integer.MAX_VALUE) // as many as are under way at most
                .then();
    }

    private Mono<Void> send(SendDecision outgoing) {
        OutgoingMessage message = outgoing.message();
        Mono<Void> sent = message == null
                ? Mono.empty()
                : Mono.defer(() -> {
                    Instant begun = clock.instant();
                    return Mono.defer(() -> channel.send(message))
                            .timeout(DeliveryClaims.CLAIM)
                            .onErrorResume(e -> Mono.just(new DeliveryOutcome.Failed(null, String.valueOf(e), null)))
                            .transform(attempt -> traces.traced(channel.channel(), outgoing.sent(), attempt))
                            .flatMap(outcome -> results.store(outgoing.sent(), message.subscription(), outcome, begun));
                });
        return deliveries
                .addLate(outgoing.instead())
                .then(results.storeUnsent(outgoing.unsent()))
                .then(sent)
                .onErrorResume(results::goOnDespite)
                .doFinally(end -> queue.finished(outgoing));
    }
}
