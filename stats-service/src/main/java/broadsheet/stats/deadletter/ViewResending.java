package broadsheet.stats.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.ReplayedRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends a view that could not be read to the topic of views once more, as it was but for headers that say so. */
@Component
class ViewResending {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /** What was sent longer ago is in the topic or never will be: the producer gives up after two minutes. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(5);

    private final KafkaTemplate<String, byte[]> kafka;
    private final ConsumerFactory<String, byte[]> consumers;
    private final StatsProperties properties;
    private final InstantSource clock;

    ViewResending(
            KafkaTemplate<String, byte[]> kafka,
            ConsumerFactory<String, byte[]> consumers,
            StatsProperties properties,
            InstantSource clock) {
        this.kafka = kafka;
        this.consumers = consumers;
        this.properties = properties;
        this.clock = clock;
    }

    /** Completes once the broker has it. */
    Mono<Void> send(DeadLetter letter) {
        return Mono.fromSupplier(() -> record(letter))
                .publishOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .flatMap(record -> Mono.fromFuture(() -> kafka.send(record)))
                .timeout(TIME_LIMIT)
                .then();
    }

    private ProducerRecord<String, byte[]> record(DeadLetter letter) {
        var record = new ProducerRecord<>(
                properties.viewsTopic(),
                null,
                letter.record().timestamp(),
                letter.record().key(),
                letter.record().value());
        for (Header header : letter.record().headers()) {
            if (!header.key().startsWith(DeadLetters.PREFIX)) {
                record.headers().add(header);
            }
        }
        letter.original()
                .ifPresent(place -> new ReplayedRecord(place.partition(), place.offset()).addTo(record.headers()));
        record.headers().add(ReplayedRecord.LETTER, letter.id().getBytes(UTF_8));
        return record;
    }

    /** Whether nothing that was sent then can still be on its way. */
    boolean isOver(Instant claimedAt) {
        return claimedAt.plus(UNDER_WAY).isBefore(clock.instant());
    }

    /** Whether the letter stands in the topic of views again, behind these offsets of its partitions. */
    Mono<Boolean> hasSent(DeadLetter letter, Map<Integer, Long> behind) {
        return Mono.fromCallable(() -> isInTopic(letter, behind)).subscribeOn(Schedulers.boundedElastic());
    }

    private boolean isInTopic(DeadLetter letter, Map<Integer, Long> behind) {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, "stats-replayed-letters")) {
            return consumer.partitionsFor(properties.viewsTopic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .anyMatch(partition ->
                            isIn(consumer, partition, behind.getOrDefault(partition.partition(), 0L), letter));
        }
    }

    private static boolean isIn(
            Consumer<String, byte[]> consumer, TopicPartition partition, long behind, DeadLetter letter) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long start = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long next = Math.min(end, Math.max(start, behind));
        consumer.seek(partition, next);
        while (next < end) {
            for (var record : consumer.poll(TIME_LIMIT)) {
                Header of = record.headers().lastHeader(ReplayedRecord.LETTER);
                if (of != null && Arrays.equals(of.value(), letter.id().getBytes(UTF_8))) {
                    return true;
                }
            }
            long now = consumer.position(partition, TIME_LIMIT);
            if (now == next) {
                throw new TimeoutException(partition + " cannot be read at " + next);
            }
            next = now;
        }
        return false;
    }
}
