package broadsheet.notification.delivery.sending;

import broadsheet.events.AlertSent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryLedger;
import broadsheet.notification.event.AlertWay;
import broadsheet.notification.subscription.Channel;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Says on {@code news.alerts} to how many each event went by each channel, counted anew a while after one of its deliveries
 * changed here. What a crash left unsaid is counted at the next start, of the events of the last two days, which is longer
 * than a delivery is tried.
 */
@Component
class AlertReporter extends PeriodicWork {

    private static final String SOURCE = "/notification-service";
    private static final Duration TRIED_FOR = Duration.ofDays(2);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final DeliveryLedger ledger;
    private final KafkaTemplate<String, byte[]> kafka;
    private final NotificationProperties properties;
    private final InstantSource clock;
    private final Map<String, String> changed = new ConcurrentHashMap<>(); // the article, by event
    private volatile boolean knowsRecent;

    AlertReporter(
            DeliveryLedger ledger,
            KafkaTemplate<String, byte[]> kafka,
            NotificationProperties properties,
            InstantSource clock) {
        super(properties.reportAlertsEvery(), properties.reportAlertsEvery());
        this.ledger = ledger;
        this.kafka = kafka;
        this.properties = properties;
        this.clock = clock;
    }

    void changed(Collection<ClaimResult> deliveries) {
        deliveries.forEach(one -> changed.put(
                one.claimed().delivery().event(), one.claimed().delivery().article()));
    }

    @Override
    protected Mono<Void> run() {
        return addRecent()
                .thenMany(Flux.defer(() -> Flux.fromIterable(Map.copyOf(changed).entrySet())))
                .concatMap(event -> report(event.getKey(), event.getValue()))
                .then();
    }

    private Mono<Void> addRecent() {
        return knowsRecent
                ? Mono.empty()
                : ledger.articlesByEvent(clock.instant().minus(TRIED_FOR))
                        .doOnNext(changed::putAll)
                        .doOnSuccess(added -> knowsRecent = true)
                        .then();
    }

    /** Removed before it is counted: what changes meanwhile is counted again. */
    private Mono<Void> report(String event, String article) {
        return Mono.defer(() -> {
                    changed.remove(event);
                    Instant asOf = clock.instant();
                    return ledger.byChannel(event)
                            .flatMapIterable(Map::entrySet)
                            .flatMap(channel ->
                                    Mono.justOrEmpty(sent(event, article, channel.getKey(), channel.getValue(), asOf)))
                            .publishOn(Schedulers.boundedElastic()) // the producer blocks where metadata is missing
                            .concatMap(alert -> Mono.fromFuture(() -> kafka.send(record(alert))))
                            .then();
                })
                .timeout(TIME_LIMIT)
                .doOnError(e -> changed.putIfAbsent(event, article));
    }

    private static Optional<AlertSent> sent(
            String event, String article, Channel channel, Map<State, Long> states, Instant asOf) {
        return switch (channel) {
            case EMAIL -> Optional.of(sent(event, article, AlertSent.Channel.EMAIL, AlertWay.EMAIL, states, asOf));
            case WEBHOOK ->
                Optional.of(sent(event, article, AlertSent.Channel.WEBHOOK, AlertWay.WEBHOOK, states, asOf));
            case WEBPUSH ->
                Optional.of(sent(event, article, AlertSent.Channel.WEBPUSH, AlertWay.WEBPUSH, states, asOf));
            case WEBSUB -> Optional.empty(); // a hub is told that there is news, not of an article
        };
    }

    private static AlertSent sent(
            String event,
            String article,
            AlertSent.Channel channel,
            AlertWay way,
            Map<State, Long> states,
            Instant asOf) {
        long waiting = states.entrySet().stream()
                .filter(state -> state.getKey().isPending())
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new AlertSent(
                event + "." + way.code(),
                article,
                channel,
                states.getOrDefault(State.DELIVERED, 0L),
                states.getOrDefault(State.DEAD, 0L),
                waiting,
                asOf);
    }

    private ProducerRecord<String, byte[]> record(AlertSent alert) {
        var encoded =
                EventCodec.encode(Envelope.of(SOURCE, clock.instant(), alert)).toRecord();
        return new ProducerRecord<>(properties.alertsTopic(), null, encoded.key(), encoded.value(), encoded.headers());
    }
}
