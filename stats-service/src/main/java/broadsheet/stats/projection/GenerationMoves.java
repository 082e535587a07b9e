package broadsheet.stats.projection;

import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.PartitionPositions;
import java.time.InstantSource;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves what documents of a projection have counted, in all generations that there are. */
@Component
public class GenerationMoves {

    private final Generations generations;
    private final ServedCollections collections;
    private final PartitionPositions positions;
    private final ViewsTopic topic;
    private final ErasureProperties properties;
    private final InstantSource clock;

    GenerationMoves(
            Generations generations,
            ServedCollections collections,
            PartitionPositions positions,
            ViewsTopic topic,
            ErasureProperties properties,
            InstantSource clock) {
        this.generations = generations;
        this.collections = collections;
        this.positions = positions;
        this.topic = topic;
        this.properties = properties;
        this.clock = clock;
    }

    /** See {@link DocumentMove#move}. */
    public Mono<Void> move(String projection, MovedCounts counts, Bson which, Bson begun) {
        DocumentMove move = new DocumentMove(counts, properties.fencesKept(), clock);
        return topic.id()
                .map(Optional::of)
                .onErrorReturn(Optional.empty()) // the fences stay
                .flatMapMany(topicId -> generations
                        .kept()
                        .filter(generation -> generation.fills(projection))
                        .concatMap(generation -> positions
                                .of(generation.number())
                                .all()
                                .map(counted -> new CountedTo(counted, topicId.orElse(null)))
                                .flatMap(counted -> collections
                                        .named(projection, generation.number())
                                        .flatMap(documents -> move.move(documents, which, begun, counted)))))
                .then();
    }
}
