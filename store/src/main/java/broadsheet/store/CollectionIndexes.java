package broadsheet.store;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Upgrades every collection and creates its indexes in the background, once the store answers. */
class CollectionIndexes {

    private static final Logger log = LoggerFactory.getLogger(CollectionIndexes.class);

    /** Some two minutes. */
    private static final int SAID_AFTER = 8;

    private final ReactiveMongoTemplate mongo;
    private final List<CollectionOwner> owners;

    CollectionIndexes(ReactiveMongoTemplate mongo, List<CollectionOwner> owners) {
        this.mongo = mongo;
        this.owners = owners;
    }

    @EventListener(ApplicationReadyEvent.class)
    void create() {
        Flux.fromIterable(owners)
                .concatMap(owner -> mongo.execute(
                        owner.collection(),
                        documents -> Flux.from(owner.upgrade(documents))
                                .thenMany(
                                        owner.indexes().isEmpty()
                                                ? Flux.empty()
                                                : documents.createIndexes(owner.indexes()))))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .maxBackoff(Duration.ofSeconds(30))
                        .doBeforeRetry(CollectionIndexes::sayOnce))
                .subscribe();
    }

    /** A store that is away for a moment is no news; an index that it refuses keeps those after it from being made. */
    private static void sayOnce(Retry.RetrySignal failed) {
        if (failed.totalRetries() == SAID_AFTER) {
            log.warn(
                    "Indexes are missing, and reading is slow until they can be made: {}",
                    failed.failure().toString());
        }
    }
}
