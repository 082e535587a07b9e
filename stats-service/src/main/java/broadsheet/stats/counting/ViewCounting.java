package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.ReplayedRecord;
import broadsheet.stats.live.LiveCounts;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.FencedProjectionWriter;
import broadsheet.stats.total.HitsSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts batches of views in one generation: classifies them, writes them to its projections, and stores the new positions
 * last. One that is not served tells nobody, no totals and no metrics; dead letters are kept until it is no longer counted.
 */
class ViewCounting {

    private final StatsProperties properties;
    private final AssignedPartitions partitions;
    private final EarlierCopies earlierCopies;
    private final CountedLetters countedLetters;
    private final UnreadableRecords unreadable;
    private final FencedProjectionWriter projections;
    private final DeadLetters deadLetters;
    private final PartitionPositions positions;
    private final HitsSender hitsSender;
    private final CountingMetrics metrics;
    private final LiveCounts live;
    private final BooleanSupplier isServed;
    private final BooleanSupplier keepsDeadLetters;

    ViewCounting(
            StatsProperties properties,
            AssignedPartitions partitions,
            EarlierCopies earlierCopies,
            CountedLetters countedLetters,
            UnreadableRecords unreadable,
            FencedProjectionWriter projections,
            DeadLetters deadLetters,
            PartitionPositions positions,
            HitsSender hitsSender,
            CountingMetrics metrics,
            LiveCounts live,
            BooleanSupplier isServed,
            BooleanSupplier keepsDeadLetters) {
        this.properties = properties;
        this.partitions = partitions;
        this.earlierCopies = earlierCopies;
        this.countedLetters = countedLetters;
        this.unreadable = unreadable;
        this.projections = projections;
        this.deadLetters = deadLetters;
        this.positions = positions;
        this.hitsSender = hitsSender;
        this.metrics = metrics;
        this.live = live;
        this.isServed = isServed;
        this.keepsDeadLetters = keepsDeadLetters;
    }

    AssignedPartitions partitions() {
        return partitions;
    }

    /**
     * Returns once everything in the batch is counted, or will be read again because its consumer was moved. A batch that
     * is tried again may hold partitions that another instance has by now; they are left to it.
     */
    void count(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> byPartition = records.stream()
                .collect(Collectors.groupingBy(record -> new TopicPartition(record.topic(), record.partition())));
        byPartition.keySet().retainAll(consumer.assignment());
        long read = System.nanoTime();
        try {
            List<PartitionBatch> batches = new ArrayList<>();
            byPartition
                    .values()
                    .forEach(part -> partitions
                            .readyFor(part.get(0), consumer)
                            .ifPresent(partition -> batches.add(
                                    PartitionBatch.classify(partition, part, countedBefore(partition, part)))));
            count(batches, read).block(properties.timeLimit());
        } catch (RuntimeException e) {
            partitions.forget(byPartition.keySet());
            throw e;
        }
    }

    private Predicate<ConsumerRecord<String, byte[]>> countedBefore(
            AssignedPartition partition, List<ConsumerRecord<String, byte[]>> batch) {
        var copies = earlierCopies.among(batch);
        var letters = countedLetters.among(partition, batch);
        return record -> (ReplayedRecord.all(record).isEmpty() ? copies : letters).test(record);
    }

    private Mono<Void> count(List<PartitionBatch> batches, long read) {
        List<ClassifiedView> views =
                batches.stream().flatMap(batch -> batch.views().stream()).toList();
        return batches.stream().noneMatch(PartitionBatch::advances)
                ? Mono.empty()
                : projections
                        .write(views)
                        .thenMany(Flux.fromIterable(batches))
                        .delayUntil(batch -> unreadable.note(batch.end().partition(), batch.unreadable()))
                        .flatMapIterable(PartitionBatch::unreadable)
                        .collectList()
                        .filter(letters -> keepsDeadLetters.getAsBoolean())
                        .flatMap(deadLetters::keep)
                        .then(Mono.defer(() -> positions.store(batches.stream()
                                .filter(PartitionBatch::advances)
                                .map(PartitionBatch::end)
                                .toList())))
                        .doOnSuccess(done -> counted(views, Duration.ofNanos(System.nanoTime() - read)));
    }

    private void counted(List<ClassifiedView> views, Duration took) {
        if (!isServed.getAsBoolean()) {
            return;
        }
        metrics.counted(views, took);
        live.add(views);
        hitsSender.totalsChanged(ClassifiedView.hits(views).stream()
                .map(view -> view.opened().articleId())
                .collect(Collectors.toSet()));
    }
}
