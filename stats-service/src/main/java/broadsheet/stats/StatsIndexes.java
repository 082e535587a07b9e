package broadsheet.stats;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The indexes that reading needs; counting finds its documents by id. Made in the background, whenever the store is there. */
@Component
class StatsIndexes {

    private static final Logger log = LoggerFactory.getLogger(StatsIndexes.class);

    private final StatsCollections collections;

    StatsIndexes(StatsCollections collections) {
        this.collections = collections;
    }

    @EventListener(ApplicationReadyEvent.class)
    void create() {
        Flux.concat(
                        index(StatsCollections.HOURS, ascending("articleId", "start"), new IndexOptions()),
                        index(StatsCollections.HOURS, ascending("start"), new IndexOptions()),
                        index(StatsCollections.DAYS, ascending("articleId", "start"), new IndexOptions()),
                        index(StatsCollections.DAYS, ascending("start"), new IndexOptions()),
                        index(StatsCollections.LEDGER, ascending("start"), new IndexOptions()),
                        index(
                                StatsCollections.TOTALS,
                                ascending("unannounced"),
                                new IndexOptions().partialFilterExpression(eq("unannounced", true))))
                .retryWhen(Retry.backoff(20, Duration.ofSeconds(1)).maxBackoff(Duration.ofSeconds(30)))
                .subscribe(name -> {}, e -> log.warn("Indexes are missing, reading will be slow: {}", e.toString()));
    }

    private Mono<String> index(String collection, Bson keys, IndexOptions options) {
        return collections.named(collection).flatMap(documents -> Mono.from(documents.createIndex(keys, options)));
    }
}
