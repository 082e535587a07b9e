package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.DuplicateKeys;
import broadsheet.store.PeriodicWork;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which generation of each projection is served: one document says it, so that all projections of a generation are switched
 * to at once. Every instance knows of a switch within a second; one whose store is away goes on with what it knew.
 */
@Component
public class ServedGenerations extends PeriodicWork {

    /** The projection that the others are measured against: whoever fills it announces hits. */
    public static final String TOTALS = "stats_totals";

    static final String ID = "served";

    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    private final StatsCollections collections;
    private volatile @Nullable ServedNumbers known;

    public ServedGenerations(StatsCollections collections) {
        super(Duration.ZERO, READ_EVERY);
        this.collections = collections;
    }

    /** All of them, as they were at one time. */
    public Mono<ServedNumbers> all() {
        return Mono.defer(() -> {
            ServedNumbers numbers = known;
            return numbers == null ? read() : Mono.just(numbers);
        });
    }

    /** The number of the generation of a projection that is served. */
    public Mono<Integer> number(String projection) {
        return all().map(numbers -> numbers.number(projection));
    }

    /** Whether a generation of a projection is served, as far as this instance knows. */
    public boolean serves(String projection, int generation) {
        ServedNumbers numbers = known;
        return numbers != null && numbers.number(projection) == generation;
    }

    /** Whether the totals of a generation are served, or were before the last switch, as far as this instance knows. */
    public boolean servesOrServed(int generation) {
        ServedNumbers numbers = known;
        return numbers != null && (numbers.number(TOTALS) == generation || numbers.formerTotals() == generation);
    }

    /** The generation of a projection that is served; empty where none has filled it yet. */
    public Mono<Generation> generation(String projection) {
        return number(projection)
                .flatMap(number -> collections
                        .read(Generations.COLLECTION, stored -> stored.find(eq("_id", number)))
                        .next())
                .map(StoredGeneration::read)
                .filter(generation -> generation.fills(projection));
    }

    /** As the store has it, which another instance may have changed within the second that {@link #all()} can be old. */
    public Mono<ServedNumbers> now() {
        return read();
    }

    private Mono<ServedNumbers> read() {
        return collections
                .read(Generations.COLLECTION, stored -> stored.find(eq("_id", ID)))
                .next()
                .map(ServedNumbers::of)
                .defaultIfEmpty(ServedNumbers.FIRST)
                .doOnNext(numbers -> known = numbers);
    }

    /**
     * Serves a generation of its projections from now on, where none that is newer is served. Whether it is served then: not
     * where another instance was faster.
     */
    public Mono<Boolean> serve(Generation generation) {
        return read().filter(before -> before.areBefore(generation))
                .flatMap(before -> update(before.areStill(), before.switchTo(generation)))
                .then(read())
                .map(now -> now.include(generation));
    }

    /** Serves again what a generation had replaced. */
    public Mono<Void> serveAgain(Map<String, Integer> replaced, Generation instead) {
        return read().filter(now -> now.number(TOTALS) == instead.number())
                .flatMap(now -> update(now.areStill(), now.switchBack(replaced)))
                .then(read())
                .then();
    }

    /** Nothing where the document does not fit: another instance was first. */
    private Mono<Void> update(Bson fits, Bson change) {
        return collections
                .named(Generations.COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.updateOne(and(eq("_id", ID), fits), change, new UpdateOptions().upsert(true))))
                .onErrorComplete(DuplicateKeys::areWhy)
                .then();
    }

    @Override
    protected Mono<Void> run() {
        return read().onErrorComplete().then();
    }
}
