package broadsheet.stats.position;

import broadsheet.stats.generation.ServedGenerations;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How far the generation is counted whose totals are served. */
@Component
public class ServedPositions {

    private final PartitionPositions positions;
    private final ServedGenerations served;

    ServedPositions(PartitionPositions positions, ServedGenerations served) {
        this.positions = positions;
        this.served = served;
    }

    /** The position of every partition that there is or was. */
    public Mono<Map<String, PartitionPosition>> all() {
        return positions().flatMap(PartitionPositions::all);
    }

    /** See {@link PartitionPositions#lost}. */
    public Mono<Map<Instant, Long>> lost(Instant from, Instant to) {
        return positions().flatMap(own -> own.lost(from, to));
    }

    /** The generation whose totals are served. */
    public Mono<Integer> generation() {
        return served.number(ServedGenerations.TOTALS);
    }

    private Mono<PartitionPositions> positions() {
        return served.number(ServedGenerations.TOTALS).map(positions::of);
    }
}
