package broadsheet.stats.store;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Upgrades every collection and creates its indexes in the background, once the store answers. */
@Component
class StatsIndexes {

    private static final Logger log = LoggerFactory.getLogger(StatsIndexes.class);

    private final StatsCollections collections;
    private final List<CollectionOwner> owners;

    StatsIndexes(StatsCollections collections, List<CollectionOwner> owners) {
        this.collections = collections;
        this.owners = owners;
    }

    @EventListener(ApplicationReadyEvent.class)
    void create() {
        Flux.fromIterable(owners)
                .concatMap(owner -> collections
                        .named(owner.collection())
                        .flatMapMany(documents -> Flux.from(owner.upgrade(documents))
                                .thenMany(
                                        owner.indexes().isEmpty()
                                                ? Flux.empty()
                                                : documents.createIndexes(owner.indexes()))))
                .retryWhen(Retry.backoff(20, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(30)))
                .subscribe(name -> {}, e -> log.warn("Indexes are missing, reading will be slow: {}", e.toString()));
    }
}
