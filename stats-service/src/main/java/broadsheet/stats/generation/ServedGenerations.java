package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.PeriodicWork;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
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

    private static final String NUMBERS = "numbers";
    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    private final StatsCollections collections;
    private volatile @Nullable Map<String, Integer> known;

    public ServedGenerations(StatsCollections collections) {
        super(Duration.ZERO, READ_EVERY);
        this.collections = collections;
    }

    /** The number of the generation of each projection that is served; the first where none is named. */
    public Mono<Map<String, Integer>> numbers() {
        return Mono.defer(() -> {
            Map<String, Integer> numbers = known;
            return numbers == null ? read() : Mono.just(numbers);
        });
    }

    /** The number of the generation of a projection that is served. */
    public Mono<Integer> number(String projection) {
        return numbers().map(numbers -> numbers.getOrDefault(projection, Generation.FIRST));
    }

    /** Whether a generation of a projection is served, as far as this instance knows. */
    public boolean serves(String projection, int generation) {
        Map<String, Integer> numbers = known;
        return numbers != null && numbers.getOrDefault(projection, Generation.FIRST) == generation;
    }

    /** The generation of a projection that is served; empty where none has filled it yet. */
    public Mono<Generation> generation(String projection) {
        return number(projection)
                .flatMap(number -> collections
                        .read(Generations.COLLECTION, stored -> stored.find(eq("_id", number)))
                        .next())
                .map(Generations::generation)
                .filter(generation -> generation.projections().contains(projection));
    }

    /** Whether a generation of a projection is served or was, as far as this instance knows. */
    public boolean hasServed(String projection, int generation) {
        Map<String, Integer> numbers = known;
        return numbers != null && numbers.getOrDefault(projection, Generation.FIRST) >= generation;
    }

    private Mono<Map<String, Integer>> read() {
        return collections
                .read(Generations.COLLECTION, stored -> stored.find(eq("_id", ID)))
                .next()
                .map(pointer -> numbers(pointer.get(NUMBERS, new Document())))
                .defaultIfEmpty(Map.of())
                .doOnNext(numbers -> known = numbers);
    }

    private static Map<String, Integer> numbers(Document stored) {
        return stored.keySet().stream().collect(Collectors.toMap(name -> name, stored::getInteger));
    }

    /** Serves a generation of its projections from now on, where none that is newer is served. */
    Mono<Void> serve(Generation generation) {
        Bson switched = combine(generation.projections().stream()
                .map(projection -> max(NUMBERS + "." + projection, generation.number()))
                .toList());
        return collections
                .named(Generations.COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.updateOne(eq("_id", ID), switched, new UpdateOptions().upsert(true))))
                .then(read())
                .then();
    }

    @Override
    protected Mono<Void> run() {
        return read().onErrorComplete().then();
    }
}
