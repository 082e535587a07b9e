package broadsheet.stats.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.Topics;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Keeps records that can never be read, unchanged but for headers that say where they stood and why they are here. One
 * that is redelivered is kept again; its {@code dead-letter-offset} tells.
 */
@Component
public class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final KafkaTemplate<String, byte[]> kafka;

    DeadLetters(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Completes once the broker has it. */
    public Mono<Void> keep(ConsumerRecord<String, byte[]> record, String reason) {
        return Mono.fromFuture(() -> kafka.send(letter(record, reason)))
                .timeout(TIME_LIMIT)
                .doOnSuccess(sent -> log.warn(
                        "{}-{} offset {} is now a dead letter: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        reason))
                .then();
    }

    private static ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> record, String reason) {
        var letter = new ProducerRecord<String, byte[]>(
                record.topic() + Topics.DEAD_LETTERS, null, timestamp(record), record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        letter.headers()
                .add("dead-letter-reason", reason.getBytes(UTF_8))
                .add("dead-letter-topic", record.topic().getBytes(UTF_8))
                .add(
                        "dead-letter-partition",
                        Integer.toString(record.partition()).getBytes(UTF_8))
                .add("dead-letter-offset", Long.toString(record.offset()).getBytes(UTF_8));
        return letter;
    }

    private static @Nullable Long timestamp(ConsumerRecord<?, ?> record) {
        return record.timestampType() == TimestampType.NO_TIMESTAMP_TYPE || record.timestamp() < 0
                ? null
                : record.timestamp();
    }
}
