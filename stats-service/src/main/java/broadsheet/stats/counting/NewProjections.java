package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.NewGenerations;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.Projection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins to fill the projections that a release has added, beside those that are served. */
@Component
class NewProjections {

    private static final Logger log = LoggerFactory.getLogger(NewProjections.class);

    private final StatsProperties properties;
    private final List<Projection> projections;
    private final NewGenerations generations;
    private final ServedGenerations served;
    private final PartitionPositions positions;

    NewProjections(
            StatsProperties properties,
            List<Projection> projections,
            NewGenerations generations,
            ServedGenerations served,
            PartitionPositions positions) {
        this.properties = properties;
        this.projections = projections;
        this.generations = generations;
        this.served = served;
        this.positions = positions;
    }

    /** Of a store that is new, all of them. */
    Mono<Void> begin() {
        return served.all() // whoever counts needs to know whether it is served
                .then(generations.beginMissing(
                        ViewRules.current(properties).version(),
                        projections,
                        positions.all().map(known -> !known.isEmpty())))
                .doOnNext(begun -> log.info("Counting generation {} of {}", begun.number(), begun.projections()))
                .then();
    }
}
