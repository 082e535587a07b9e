package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.store.StatsCollections;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_site_rollups}: what all articles together had on a day in UTC, as the {@link RollupJob} last added it up: a
 * document for each {@link Dimension} and day, and one for the day's visitors; each says what was counted by then. Of the
 * generation of the {@link ArticleDays} that they are made of.
 */
@Component
public class SiteRollups {

    public static final String COLLECTION = "stats_site_rollups";

    private static final String KEYS = "keys";
    private static final String VISITORS = "visitors";
    private static final String COUNTED = "counted";
    private static final String EPOCH = "epoch";
    private static final String NEXT = "next";
    private static final String DAY = "day";
    private static final String RUN = "run";

    /** What there is a document of for each day. */
    private static final List<String> KINDS = Stream.concat(
                    Stream.of(DAY), Stream.of(Dimension.values()).map(Dimension::parameter))
            .toList();

    private static final String AS_OF = "asOf";
    private static final String LAG_MILLIS = "lagMillis";
    private static final String COMPLETE = "complete";

    private final ServedCollections served;
    private final StatsCollections collections;

    SiteRollups(ServedCollections served, StatsCollections collections) {
        this.served = served;
        this.collections = collections;
    }

    /** What a dimension's keys had on a day. */
    public record DayKeysHits(Instant day, List<KeyHits> keys) {}

    /** The days that overlap {@code [from, to)}; those without hits are left out. */
    public Flux<DayKeysHits> find(Dimension dimension, Instant from, Instant to) {
        return read(between(dimension.parameter(), from, to))
                .map(stored -> new DayKeysHits(
                        day(stored),
                        stored.getList(KEYS, Document.class).stream()
                                .map(KeyHits::of)
                                .toList()));
    }

    /** The distinct visitors of each day that overlaps {@code [from, to)}. */
    public Mono<Map<Instant, DayVisitors>> visitors(Instant from, Instant to) {
        return read(between(DAY, from, to))
                .collectMap(SiteRollups::day, stored -> DayVisitors.ofNumbers(stored.get(VISITORS, new Document())));
    }

    /** How current they are; empty where none was made yet. */
    public Mono<CountingLag.Report> current() {
        return read(eq("_id", RUN))
                .next()
                .map(stored -> new CountingLag.Report(
                        stored.getLong(LAG_MILLIS),
                        stored.getBoolean(COMPLETE),
                        stored.getDate(AS_OF).toInstant()));
    }

    private Flux<Document> read(Bson filter) {
        return served.number(ArticleDays.COLLECTION)
                .flatMapMany(number ->
                        collections.read(Generation.numbered(COLLECTION, number), rollups -> rollups.find(filter)));
    }

    private static Bson between(String kind, Instant from, Instant to) {
        return and(
                gte("_id", id(kind, from)), lt("_id", id(kind, to.minusNanos(1).plus(Duration.ofDays(1)))));
    }

    private static String id(String kind, Instant day) {
        return kind + "@" + day.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant day(Document stored) {
        String id = stored.getString("_id");
        return LocalDate.parse(id.substring(id.indexOf('@') + 1))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /**
     * To where each day was counted that a generation has rolled up and that lies in {@code [from, to)}: the least of what its
     * documents say, which two instances can have written.
     */
    Mono<Map<Instant, Map<String, Place>>> countedTo(int generation, Instant from, Instant to) {
        return served.named(COLLECTION, generation)
                .flatMapMany(rollups -> Flux.fromIterable(KINDS)
                        .concatMap(kind ->
                                Flux.from(rollups.find(between(kind, from, to)).projection(include(COUNTED)))))
                .collectMultimap(SiteRollups::day, stored -> places(stored.get(COUNTED, new Document())))
                .map(days -> {
                    Map<Instant, Map<String, Place>> least = new HashMap<>();
                    days.forEach((day, documents) -> {
                        if (documents.size() == KINDS.size()) {
                            least.put(day, least(documents));
                        }
                    });
                    return least;
                });
    }

    private static Map<String, Place> least(Collection<Map<String, Place>> documents) {
        Iterator<Map<String, Place>> all = documents.iterator();
        Map<String, Place> least = new HashMap<>(all.next());
        all.forEachRemaining(other -> {
            least.keySet().retainAll(other.keySet());
            least.replaceAll((partition, place) -> {
                Place places = other.getOrDefault(partition, place);
                return places.compareTo(place) < 0 ? places : place;
            });
        });
        return least;
    }

    /** What a day said of its visitors when it was added up last. */
    Mono<DayRollup.KnownVisitors> knownVisitors(int generation, Instant day) {
        List<String> ids = KINDS.stream().map(kind -> id(kind, day)).toList();
        return served.named(COLLECTION, generation)
                .flatMapMany(rollups -> rollups.find(in("_id", ids)))
                .collectMap(stored -> stored.getString("_id"))
                .map(known -> new DayRollup.KnownVisitors(
                        Optional.ofNullable(known.get(id(DAY, day)))
                                .map(stored -> DayVisitors.ofNumbers(stored.get(VISITORS, new Document())))
                                .orElse(null),
                        Stream.of(Dimension.values())
                                .collect(Collectors.toMap(
                                        dimension -> dimension,
                                        dimension -> visitors(known.get(id(dimension.parameter(), day)))))));
    }

    private static Map<String, Long> visitors(@Nullable Document rollup) {
        return rollup == null
                ? Map.of()
                : rollup.getList(KEYS, Document.class).stream()
                        .map(KeyHits::of)
                        .collect(Collectors.toMap(key -> String.valueOf(key.key()), KeyHits::visitors));
    }

    private static Map<String, Place> places(Document counted) {
        Map<String, Place> places = new HashMap<>();
        counted.forEach((partition, place) -> places.put(
                partition, new Place(((Document) place).getInteger(EPOCH), ((Document) place).getLong(NEXT))));
        return places;
    }

    /**
     * Stores a day.
     *
     * @param positions to where the generation was counted at least when the day was read
     */
    Mono<Void> store(int generation, Instant day, DayRollup rollup, Map<String, PartitionPosition> positions) {
        var counted = new Document();
        positions.forEach((partition, position) -> counted.append(
                partition,
                new Document(EPOCH, position.next().epoch())
                        .append(NEXT, position.next().offset())));
        List<ReplaceOneModel<Document>> writes = new ArrayList<>();
        writes.add(
                replace(id(DAY, day), new Document(VISITORS, rollup.visitors().numbers()).append(COUNTED, counted)));
        rollup.sums()
                .forEach((dimension, keys) -> writes.add(replace(
                        id(dimension.parameter(), day),
                        new Document(KEYS, keys.toDocuments()).append(COUNTED, counted))));
        return served.named(COLLECTION, generation)
                .flatMap(rollups -> Mono.from(rollups.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                .then();
    }

    /** Notes that every day was rolled up that had changed by then. */
    Mono<Void> storeRun(int generation, CountingLag.Report counted) {
        var run = new Document(AS_OF, Date.from(counted.asOf()))
                .append(LAG_MILLIS, counted.lagMillis())
                .append(COMPLETE, counted.complete());
        return served.named(COLLECTION, generation)
                .flatMap(rollups -> Mono.from(rollups.bulkWrite(List.of(replace(RUN, run)))))
                .then();
    }

    private static ReplaceOneModel<Document> replace(String id, Document document) {
        return new ReplaceOneModel<>(eq("_id", id), document, new ReplaceOptions().upsert(true));
    }
}
