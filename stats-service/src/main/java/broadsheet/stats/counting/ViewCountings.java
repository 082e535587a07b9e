package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.live.LiveCounts;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.FenceMetrics;
import broadsheet.stats.projection.FencedProjectionWriter;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.HitsSender;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Makes what counts a generation. */
@Component
class ViewCountings {

    private final StatsProperties properties;
    private final ViewsTopic topic;
    private final StatsCollections collections;
    private final List<Projection> projections;
    private final PartitionPositions positions;
    private final EarlierCopies earlierCopies;
    private final UnreadableRecords unreadable;
    private final DeadLetters deadLetters;
    private final HitsSender hitsSender;
    private final CountingMetrics metrics;
    private final FenceMetrics fences;
    private final LiveCounts live;
    private final ServedGenerations served;

    ViewCountings(
            StatsProperties properties,
            ViewsTopic topic,
            StatsCollections collections,
            List<Projection> projections,
            PartitionPositions positions,
            EarlierCopies earlierCopies,
            UnreadableRecords unreadable,
            DeadLetters deadLetters,
            HitsSender hitsSender,
            CountingMetrics metrics,
            FenceMetrics fences,
            LiveCounts live,
            ServedGenerations served) {
        this.properties = properties;
        this.topic = topic;
        this.collections = collections;
        this.projections = projections;
        this.positions = positions;
        this.earlierCopies = earlierCopies;
        this.unreadable = unreadable;
        this.deadLetters = deadLetters;
        this.hitsSender = hitsSender;
        this.metrics = metrics;
        this.fences = fences;
        this.live = live;
        this.served = served;
    }

    /** A generation that a newer release has begun is left to the instances that run it. */
    boolean canCount(Generation generation) {
        return projections.stream().map(Projection::collection).toList().containsAll(generation.projections());
    }

    ViewCounting of(Generation generation) {
        int number = generation.number();
        List<Projection> filled = projections.stream()
                .filter(projection -> generation.projections().contains(projection.collection()))
                .toList();
        PartitionPositions own = positions.of(number);
        UnreadableRecords ownUnreadable = unreadable.of(number);
        BooleanSupplier isServed = () -> served.serves(ServedGenerations.TOTALS, number);
        return new ViewCounting(
                properties,
                new AssignedPartitions(new SeekToStoredPosition(
                        properties,
                        CountingRules.of(generation, properties),
                        topic,
                        own,
                        ownUnreadable,
                        metrics,
                        generation.from(),
                        isServed)),
                earlierCopies,
                new CountedLetters(ownUnreadable, generation.from(), properties.timeLimit()),
                ownUnreadable,
                new FencedProjectionWriter(collections, filled, number, fences),
                deadLetters,
                own,
                hitsSender,
                metrics,
                live,
                isServed,
                () -> served.servesOrServed(number));
    }
}
