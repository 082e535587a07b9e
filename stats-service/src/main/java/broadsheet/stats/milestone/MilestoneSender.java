package broadsheet.stats.milestone;

import broadsheet.events.EventCodec;
import broadsheet.kafka.OutageLog;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends milestones to Kafka once they are stored. The instance that has stored one sends it; what a crash or a Kafka that was
 * away left unsent, a sweep finds, and where the crash came between sending and marking, the same event is sent again with
 * the id that it had.
 */
@Component
public class MilestoneSender extends PeriodicWork {

    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(40); // longer than the producer's
    private static final int BATCH_SIZE = 500;

    private final Milestones milestones;
    private final KafkaTemplate<String, byte[]> kafka;
    private final InstantSource clock;
    private final String topic;
    private final OutageLog outage;
    private final ErasedArticles erased;

    MilestoneSender(
            Milestones milestones,
            KafkaTemplate<String, byte[]> kafka,
            InstantSource clock,
            MilestoneProperties properties,
            ErasedArticles erased) {
        super(Duration.ofSeconds(5), SWEPT_EVERY);
        this.milestones = milestones;
        this.kafka = kafka;
        this.clock = clock;
        this.topic = properties.topic();
        this.erased = erased;
        this.outage = new OutageLog(LoggerFactory.getLogger(MilestoneSender.class), clock);
    }

    /** Completes once they are stored, whether Kafka takes them now or later; those of erased articles are left out. */
    public Mono<Void> send(Collection<Milestone> found) {
        List<Milestone> named = found.stream()
                .filter(milestone -> !erased.isUnnamed(milestone.event().recordKey()))
                .toList();
        return named.isEmpty()
                ? Mono.empty()
                : milestones
                        .add(named)
                        .collectList()
                        .flatMap(added -> sendStored(added)
                                .doOnError(e -> outage.failed(
                                        "Milestones wait, since they could not be sent: {}", e.toString()))
                                .onErrorComplete());
    }

    @Override
    protected Mono<Void> run() {
        return Flux.defer(() -> milestones.unsentBefore(clock.instant().minus(SWEPT_EVERY)))
                .buffer(BATCH_SIZE)
                .concatMap(this::sendStored)
                .then();
    }

    private Mono<Void> sendStored(List<Milestone> stored) {
        return stored.isEmpty()
                ? Mono.empty()
                : Flux.fromIterable(stored)
                        .map(this::record)
                        .publishOn(
                                Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                        .flatMap(record -> Mono.fromFuture(() -> kafka.send(record)), BATCH_SIZE)
                        .then(milestones.markSent(stored))
                        .timeout(TIME_LIMIT)
                        .doOnSuccess(sent -> outage.recovered("Milestones are sent again"));
    }

    private ProducerRecord<String, byte[]> record(Milestone milestone) {
        var encoded = EventCodec.encode(milestone.envelope()).toRecord();
        return new ProducerRecord<>(topic, null, encoded.key(), encoded.value(), encoded.headers());
    }
}
