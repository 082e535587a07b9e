package broadsheet.stats.deadletter;

import broadsheet.stats.StatsProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the topics of dead letters, which have one partition each. */
@Component
class DeadLetterTopics {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
    private static final int AT_ONCE = 100;

    private final ConsumerFactory<String, byte[]> consumers;
    private final StatsProperties names;

    DeadLetterTopics(ConsumerFactory<String, byte[]> consumers, StatsProperties names) {
        this.consumers = consumers;
        this.names = names;
    }

    /**
     * Letters in the order of the topic.
     *
     * @param first the offset of the first that there is; none before it is kept
     */
    record Letters(List<DeadLetter> letters, long first) {}

    /** The last ones before an offset, at most that many; fails where Kafka does not answer in time. */
    Mono<Letters> before(LetterTopic topic, long offset, int limit) {
        return Mono.fromCallable(() -> read(topic, offset, limit))
                .subscribeOn(Schedulers.boundedElastic()) // a consumer blocks
                .timeout(TIME_LIMIT.plusSeconds(1));
    }

    private Letters read(LetterTopic topic, long before, int limit) {
        var partition = new TopicPartition(topic.deadLetters(names), 0);
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            long start =
                    consumer.beginningOffsets(List.of(partition), TIME_LIMIT).getOrDefault(partition, 0L);
            long end = Math.min(
                    before, consumer.endOffsets(List.of(partition), TIME_LIMIT).getOrDefault(partition, 0L));
            return new Letters(between(consumer, partition, Math.max(start, end - limit), end), start);
        }
    }

    /** All that there are now, the oldest first. */
    Flux<DeadLetter> all(LetterTopic topic) {
        return Flux.using(
                        this::consumer,
                        consumer -> {
                            var partition = new TopicPartition(topic.deadLetters(names), 0);
                            consumer.assign(List.of(partition));
                            long end = consumer.endOffsets(List.of(partition), TIME_LIMIT)
                                    .getOrDefault(partition, 0L);
                            long start = consumer.beginningOffsets(List.of(partition), TIME_LIMIT)
                                    .getOrDefault(partition, 0L);
                            return Flux.<List<DeadLetter>, Long>generate(() -> start, (next, letters) -> {
                                if (next >= end) {
                                    letters.complete();
                                    return next;
                                }
                                long to = Math.min(end, next + AT_ONCE);
                                letters.next(between(consumer, partition, next, to));
                                return to;
                            });
                        },
                        Consumer::close)
                .concatMapIterable(letters -> letters)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static List<DeadLetter> between(
            Consumer<String, byte[]> consumer, TopicPartition partition, long from, long to) {
        List<DeadLetter> letters = new ArrayList<>();
        consumer.seek(partition, from);
        long next = from;
        while (next < to) {
            consumer.poll(TIME_LIMIT).forEach(record -> {
                if (record.offset() < to) {
                    letters.add(new DeadLetter(record));
                }
            });
            long now = consumer.position(partition, TIME_LIMIT);
            if (now == next) {
                throw new TimeoutException(partition + " cannot be read at " + next);
            }
            next = now;
        }
        return letters;
    }

    private Consumer<String, byte[]> consumer() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(AT_ONCE));
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIME_LIMIT.toMillis()));
        return consumers.createConsumer(null, "stats-dead-letters", null, properties);
    }
}
