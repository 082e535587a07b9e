package broadsheet.stats.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.Topics;
import broadsheet.stats.StatsProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps records that can never be read, unchanged but for headers that say where they stood and why they are here. Of one
 * near the MiB that Kafka takes by default, which these headers would make too large, the first half is kept and {@code
 * dead-letter-truncated-from} says how long its value was. One that is redelivered is kept again; its {@code
 * dead-letter-offset} tells.
 */
@Component
public class DeadLetters {

    /** Begins the names of the headers that a letter has beside those of its record. */
    public static final String PREFIX = "dead-letter-";

    public static final String TRUNCATED_FROM = PREFIX + "truncated-from";
    public static final String REASON = PREFIX + "reason";
    public static final String TOPIC = PREFIX + "topic";
    public static final String PARTITION = PREFIX + "partition";
    public static final String OFFSET = PREFIX + "offset";
    public static final String KEPT_AT = PREFIX + "kept-at";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final int SENT_AT_ONCE = 256;

    /** So that a letter is smaller than the MiB that producers send and brokers take by default. */
    private static final int MAX_BYTES = 1_000_000;

    private static final int MAX_VALUE_BYTES = 500_000;
    private static final int MAX_HEADER_BYTES = 200_000;
    private static final int MAX_KEY_BYTES = 200_000;
    private static final int MAX_REASON = 1_000;

    private final KafkaTemplate<String, byte[]> kafka;
    private final InstantSource clock;
    private final MeterRegistry meters;

    DeadLetters(KafkaTemplate<String, byte[]> kafka, StatsProperties names, InstantSource clock, MeterRegistry meters) {
        this.kafka = kafka;
        this.clock = clock;
        this.meters = meters;
        List.of(names.viewsTopic(), names.articlesTopic()).forEach(this::kept); // from the start, at 0
    }

    private Counter kept(String topic) {
        return Counter.builder("broadsheet.stats.dead.letters")
                .description("Records that can never be read, kept aside, by the topic they stood in")
                .tag("topic", topic)
                .register(meters);
    }

    /** Completes once the broker has all of them. They need no order, so none waits for the one before. */
    public Mono<Void> keep(List<UnreadableRecord> records) {
        return Flux.fromIterable(records)
                .publishOn(Schedulers.boundedElastic()) // the producer blocks its caller where metadata is missing
                .flatMap(unreadable -> keep(unreadable.record(), unreadable.reason()), SENT_AT_ONCE)
                .then();
    }

    private Mono<Void> keep(ConsumerRecord<String, byte[]> record, String reason) {
        return Mono.fromFuture(() -> kafka.send(letter(record, reason)))
                .timeout(TIME_LIMIT)
                .doOnSuccess(sent -> kept(record, reason))
                .then();
    }

    private void kept(ConsumerRecord<?, ?> record, String reason) {
        kept(record.topic()).increment();
        log.warn(
                "{}-{} offset {} is now a dead letter: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
    }

    private ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> record, String reason) {
        var letter = new ProducerRecord<>(
                record.topic() + Topics.DEAD_LETTERS, null, timestamp(record), key(record), value(record));
        if (headerBytes(record) <= MAX_HEADER_BYTES) {
            record.headers().forEach(letter.headers()::add);
        }
        if (isTooLarge(record)) {
            add(letter, TRUNCATED_FROM, Math.max(0, record.serializedValueSize()));
        }
        add(letter, REASON, reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        add(letter, TOPIC, record.topic());
        add(letter, PARTITION, record.partition());
        add(letter, OFFSET, record.offset());
        add(letter, KEPT_AT, clock.instant());
        return letter;
    }

    private static void add(ProducerRecord<?, ?> letter, String header, Object value) {
        letter.headers().add(header, value.toString().getBytes(UTF_8));
    }

    private static @Nullable String key(ConsumerRecord<String, byte[]> record) {
        return record.serializedKeySize() <= MAX_KEY_BYTES ? record.key() : null;
    }

    private static byte @Nullable [] value(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] value = record.value();
        return value != null && value.length > MAX_VALUE_BYTES && isTooLarge(record)
                ? Arrays.copyOf(value, MAX_VALUE_BYTES)
                : value;
    }

    private static boolean isTooLarge(ConsumerRecord<?, ?> record) {
        return record.serializedKeySize() + record.serializedValueSize() + headerBytes(record) > MAX_BYTES;
    }

    private static int headerBytes(ConsumerRecord<?, ?> record) {
        int bytes = 0;
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private static @Nullable Long timestamp(ConsumerRecord<?, ?> record) {
        return record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE || record.timestamp() < 0
                ? null
                : record.timestamp();
    }
}
