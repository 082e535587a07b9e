package broadsheet.stats.counting;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Upgrades the collections of the generations after the first and creates their indexes, once the store answers: those that a
 * release has added too, which was not there when the generation began.
 */
@Component
class GenerationIndexes {

    private final StatsCollections collections;
    private final Generations generations;
    private final List<Projection> projections;

    GenerationIndexes(StatsCollections collections, Generations generations, List<Projection> projections) {
        this.collections = collections;
        this.generations = generations;
        this.projections = projections;
    }

    @EventListener(ApplicationReadyEvent.class)
    void createInTheBackground() {
        create().retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(30)))
                .subscribe();
    }

    Mono<Void> create() {
        return generations
                .counted()
                .filter(generation -> generation.number() != Generation.FIRST)
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(generation -> Flux.fromIterable(projections)
                        .filter(projection -> generation.projections().contains(projection.collection()))
                        .concatMap(projection -> create(projection, generation.collection(projection.collection()))))
                .then();
    }

    private Mono<Void> create(Projection projection, String collection) {
        return collections
                .named(collection)
                .flatMap(documents -> Flux.from(projection.upgrade(documents))
                        .thenMany(
                                projection.indexes().isEmpty()
                                        ? Flux.empty()
                                        : documents.createIndexes(projection.indexes()))
                        .then());
    }
}
