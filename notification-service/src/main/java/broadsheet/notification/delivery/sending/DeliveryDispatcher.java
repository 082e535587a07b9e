package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.MatchingLoad;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Runs a sender for each channel from the service's start to its stop. */
@Component
class DeliveryDispatcher implements SmartLifecycle {

    /** Shorter than a phase of the shutdown; what is still on its way then is sent again once its claim ends. */
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(8);

    private final List<ChannelSender> senders;
    private final AttemptResults results;
    private final AssignedQueues partitions;
    private Sinks.@Nullable Empty<Void> end;
    private Mono<Void> sending = Mono.empty();
    private @Nullable Disposable storing;

    DeliveryDispatcher(
            List<DeliveryChannel> channels,
            DeliveryClaims claims,
            Deliveries deliveries,
            MessageContentsReader contents,
            AttemptResults results,
            AttemptTraces traces,
            MatchingLoad matching,
            AssignedQueues partitions,
            InstantSource clock) {
        this.senders = channels.stream()
                .filter(channel -> channel.unavailable().isEmpty())
                .map(channel -> new ChannelSender(
                        channel,
                        new ChannelQueue(channel, claims, contents, results, matching, clock),
                        deliveries,
                        results,
                        traces,
                        clock))
                .toList();
        this.results = results;
        this.partitions = partitions;
    }

    @Override
    public synchronized void start() {
        Sinks.Empty<Void> stopped = Sinks.empty();
        end = stopped;
        storing = results.storeAll().subscribe();
        sending = Flux.fromIterable(senders)
                .flatMap(sender -> sender.sendUntil(stopped.asMono(), partitions))
                .then()
                .cache();
        sending.subscribe();
    }

    /** Begins nothing more, and ends after what is on its way, so that the next instance does not send it again. */
    @Override
    public synchronized void stop() {
        if (end != null) {
            end.tryEmitEmpty();
            end = null;
            sending.timeout(STOP_TIME_LIMIT).onErrorComplete().block();
        }
        if (storing != null) {
            storing.dispose();
            storing = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return end != null;
    }
}
