package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.announcing.HitsAnnouncer;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.Position;
import broadsheet.stats.position.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts batches of views. A partition that it does not know is first moved to where the store says it is counted to,
 * less the views that the double-click window remembers; after any failure nothing is known any more. So there is one
 * way back from a crash, a rebalance and a store that was away.
 */
@Component
class ViewCounting {

    private static final Logger log = LoggerFactory.getLogger(ViewCounting.class);

    private final StatsProperties properties;
    private final ViewsTopic topic;
    private final Positions positions;
    private final FencedCounts counts;
    private final DeadLetters deadLetters;
    private final HitsAnnouncer announcer;
    private final CountingMetrics metrics;
    private final Map<TopicPartition, CountedPartition> known = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> endsWhenAssigned = new ConcurrentHashMap<>();

    ViewCounting(
            StatsProperties properties,
            ViewsTopic topic,
            Positions positions,
            FencedCounts counts,
            DeadLetters deadLetters,
            HitsAnnouncer announcer,
            CountingMetrics metrics) {
        this.properties = properties;
        this.topic = topic;
        this.positions = positions;
        this.counts = counts;
        this.deadLetters = deadLetters;
        this.announcer = announcer;
        this.metrics = metrics;
    }

    /** These partitions are read from here on; what is not counted yet may lie before their ends or after. */
    void assigned(Map<TopicPartition, Long> ends) {
        endsWhenAssigned.putAll(ends);
        forget(ends.keySet());
    }

    private void forget(Collection<TopicPartition> partitions) {
        known.keySet().removeAll(partitions);
    }

    /**
     * Returns once everything in the batch is counted, or set aside to be read again from the right place. A batch that
     * is tried again may hold partitions that are another's by now; they are left to it.
     */
    void count(List<ConsumerRecord<String, byte[]>> batch, Consumer<?, ?> consumer) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> byPartition = batch.stream()
                .collect(Collectors.groupingBy(record -> new TopicPartition(record.topic(), record.partition())));
        byPartition.keySet().retainAll(consumer.assignment());
        try {
            List<Fold> folds = new ArrayList<>();
            byPartition.forEach((partition, records) -> {
                CountedPartition counted = known.get(partition);
                if (counted == null || counted.isPast(records.get(0))) {
                    place(partition, consumer);
                } else {
                    folds.add(Fold.of(counted, records));
                }
            });
            count(folds).block(properties.timeLimit());
        } catch (RuntimeException e) {
            forget(byPartition.keySet());
            throw e;
        }
    }

    private Mono<Void> count(List<Fold> folds) {
        List<Decided> decided =
                folds.stream().flatMap(fold -> fold.decided().stream()).toList();
        return decided.isEmpty()
                ? Mono.empty()
                : counts.count(decided)
                        .thenMany(Flux.fromIterable(folds).flatMapIterable(Fold::unreadable))
                        .concatMap(letter -> deadLetters.keep(letter.record(), letter.reason()))
                        .thenMany(Flux.fromIterable(folds)
                                .filter(fold -> !fold.decided().isEmpty()))
                        .flatMap(fold -> positions.store(fold.reached()))
                        .then()
                        .doOnSuccess(done -> counted(decided));
    }

    private void counted(List<Decided> decided) {
        metrics.counted(decided);
        announcer.touched(decided.stream()
                .filter(record -> record.is(Outcome.COUNTED))
                .map(record -> Objects.requireNonNull(record.view()).articleId())
                .collect(Collectors.toSet()));
    }

    private void place(TopicPartition partition, Consumer<?, ?> consumer) {
        String key = Objects.requireNonNull(topic.id()
                .map(id -> Position.partitionKey(id, partition.partition()))
                .block(properties.timeLimit()));
        Position position = positions.find(List.of(key)).next().block(properties.timeLimit());
        long resume = position == null
                ? offset(consumer.beginningOffsets(List.of(partition)), partition)
                : Math.min(position.next(), offset(endsWhenAssigned, partition));
        long start = position == null ? resume : firstRemembered(partition, position, resume, consumer);
        consumer.seek(partition, start);
        known.put(partition, new CountedPartition(key, start, resume, properties));
        if (position != null && resume < position.next()) {
            log.warn("{} ends at {} but was counted to {}: Kafka has lost records", partition, resume, position.next());
        }
        log.info("{}: counting goes on at offset {}, remembering from {}", partition, resume, start);
    }

    private long firstRemembered(TopicPartition partition, Position position, long resume, Consumer<?, ?> consumer) {
        long horizon = Math.max(0, position.clock().minus(properties.memory()).toEpochMilli());
        var first = consumer.offsetsForTimes(Map.of(partition, horizon)).get(partition);
        return first == null ? resume : Math.min(first.offset(), resume);
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }
}
