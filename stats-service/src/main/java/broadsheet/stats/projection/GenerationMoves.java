package broadsheet.stats.projection;

import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.position.PartitionPositions;
import java.time.InstantSource;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves what documents of a projection have counted, in all generations that there are. */
@Component
public class GenerationMoves {

    private final Generations generations;
    private final ServedCollections collections;
    private final PartitionPositions positions;
    private final ErasureProperties properties;
    private final InstantSource clock;

    GenerationMoves(
            Generations generations,
            ServedCollections collections,
            PartitionPositions positions,
            ErasureProperties properties,
            InstantSource clock) {
        this.generations = generations;
        this.collections = collections;
        this.positions = positions;
        this.properties = properties;
        this.clock = clock;
    }

    /** See {@link DocumentMove#move}. */
    public Mono<Void> move(String projection, DocumentMove.Counts counts, Bson which) {
        DocumentMove move = new DocumentMove(counts, properties.fencesKept(), clock);
        return generations
                .kept()
                .filter(generation -> generation.fills(projection))
                .map(Generation::number)
                .concatMap(number -> positions
                        .of(number)
                        .all()
                        .flatMap(counted -> collections
                                .named(projection, number)
                                .flatMap(documents -> move.move(documents, which, counted))))
                .then();
    }
}
