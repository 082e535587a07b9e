package broadsheet.stats.erased;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The articles whose numbers are erased or about to be, known to every instance within a second or two, for good: some 100
 * bytes each. A view of one is still counted, as one of the article that all of them are together.
 */
@Component
public class ErasedArticles extends PeriodicWork {

    public static final String COLLECTION = "stats_erasures";
    public static final String REQUESTED_AT = "requestedAt";

    /** The id of the article that all erased ones are together. */
    public static final String TOGETHER = "erased";

    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    /** Longer than one instance's clock is behind another's. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final StatsCollections collections;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private volatile Instant newest = Instant.EPOCH;

    public ErasedArticles(StatsCollections collections) {
        super(Duration.ZERO, READ_EVERY);
        this.collections = collections;
    }

    /** Whether an article is erased, as far as this instance knows. */
    public boolean contains(String articleId) {
        return ids.contains(articleId);
    }

    /** Whether nothing of an article is to be told to readers or sent: it is erased, or all that are. */
    public boolean isUnnamed(String articleId) {
        return articleId.equals(TOGETHER) || contains(articleId);
    }

    /** Whether the erasure of one was asked for after this time. */
    public boolean anySince(Instant time) {
        return newest.isAfter(time);
    }

    public Set<String> all() {
        return Set.copyOf(ids);
    }

    /** What this instance has erased it need not read. */
    public void add(String articleId) {
        ids.add(articleId);
    }

    @Override
    protected Mono<Void> run() {
        return read().onErrorComplete();
    }

    /** Learns of those that any instance has erased by now. */
    public Mono<Void> read() {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(gte(REQUESTED_AT, Date.from(newest.minus(OVERLAP))))
                                .projection(include(REQUESTED_AT)))
                .doOnNext(one -> {
                    Instant requestedAt = one.getDate(REQUESTED_AT).toInstant();
                    ids.add(one.getString("_id"));
                    newest = requestedAt.isAfter(newest) ? requestedAt : newest;
                })
                .then();
    }
}
