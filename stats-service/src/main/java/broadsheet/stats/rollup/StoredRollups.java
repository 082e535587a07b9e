package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores what was added up, in a generation that may not be served yet. */
@Component
class StoredRollups {

    private static final String COUNTED = "counted";
    private static final String EPOCH = "epoch";
    private static final String NEXT = "next";

    private final ServedCollections served;

    StoredRollups(ServedCollections served) {
        this.served = served;
    }

    /**
     * To where each day was counted that a generation has rolled up and that lies in {@code [from, to)}: the least of what its
     * documents say, which two instances can have written.
     */
    Mono<Map<Instant, Map<String, Place>>> countedTo(int generation, Instant from, Instant to) {
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups -> Flux.fromIterable(RollupIds.KINDS)
                        .concatMap(kind ->
                                Flux.from(rollups.find(and(RollupIds.days(kind, from, to), areAsStoredHere(kind)))
                                        .projection(include(COUNTED)))))
                .collectMultimap(RollupIds::day, stored -> places(stored.get(COUNTED, new Document())))
                .map(days -> {
                    Map<Instant, Map<String, Place>> least = new HashMap<>();
                    days.forEach((day, documents) -> {
                        if (documents.size() == RollupIds.KINDS.size()) {
                            least.put(day, least(documents));
                        }
                    });
                    return least;
                });
    }

    /** Others are added up again. */
    private static Bson areAsStoredHere(String kind) {
        Bson made = exists(SiteRollups.MADE);
        return kind.equals(RollupIds.DAY) ? made : and(made, KeyNumbers.areColumns());
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

    private static Map<String, Place> places(Document counted) {
        Map<String, Place> places = new HashMap<>();
        counted.forEach((partition, place) -> places.put(
                partition, new Place(((Document) place).getInteger(EPOCH), ((Document) place).getLong(NEXT))));
        return places;
    }

    /** What a day said of its visitors when it was added up last. */
    Mono<DayRollup.KnownVisitors> knownVisitors(int generation, Instant day) {
        List<String> ids =
                RollupIds.KINDS.stream().map(kind -> RollupIds.of(kind, day)).toList();
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMapMany(rollups -> rollups.find(in("_id", ids)))
                .collectMap(stored -> stored.getString("_id"))
                .map(known -> new DayRollup.KnownVisitors(
                        Optional.ofNullable(known.get(RollupIds.of(RollupIds.DAY, day)))
                                .map(SiteRollups::visitors)
                                .orElse(null),
                        Stream.of(Dimension.values())
                                .collect(Collectors.toMap(
                                        dimension -> dimension,
                                        dimension -> visitors(known.get(RollupIds.of(dimension.parameter(), day)))))));
    }

    /** By key; of what has none by null. */
    private static Map<@Nullable String, Long> visitors(@Nullable Document rollup) {
        Map<@Nullable String, Long> visitors = new HashMap<>();
        if (rollup != null) {
            DayColumns.wholeDay(rollup).forEach(key -> visitors.put(key.key(), key.visitors()));
        }
        return visitors;
    }

    /**
     * Stores a day, and last of it what a month is compared by.
     *
     * @param positions to where the generation was counted at least when the day was read
     */
    Mono<Void> store(int generation, Instant day, DayRollup rollup, Map<String, PartitionPosition> positions) {
        String made = UUID.randomUUID().toString();
        var counted = new Document();
        positions.forEach((partition, position) -> counted.append(
                partition,
                new Document(EPOCH, position.next().epoch())
                        .append(NEXT, position.next().offset())));
        List<ReplaceOneModel<Document>> writes = new ArrayList<>();
        rollup.sums()
                .forEach((dimension, keys) -> writes.add(replace(
                        RollupIds.of(dimension.parameter(), day), DayColumns.document(keys.top()), made, counted)));
        ReplaceOneModel<Document> last = replace(
                RollupIds.of(RollupIds.DAY, day),
                SiteRollups.document(DayTotals.of(day, rollup.counts(), rollup.visitors())),
                made,
                counted);
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMap(rollups -> Mono.from(rollups.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                        .then(Mono.from(rollups.bulkWrite(List.of(last)))))
                .then();
    }

    private static ReplaceOneModel<Document> replace(String id, Document document, String made, Document counted) {
        return new ReplaceOneModel<>(
                eq("_id", id),
                document.append(SiteRollups.MADE, made).append(COUNTED, counted),
                new ReplaceOptions().upsert(true));
    }

    /**
     * Notes that every day was rolled up that had changed by then.
     *
     * @param all whether old days were looked at, too
     */
    Mono<Void> storeRun(int generation, CountingLag.Report counted, boolean all) {
        List<Bson> run = new ArrayList<>(List.of(
                set(SiteRollups.AS_OF, Date.from(counted.asOf())),
                set(SiteRollups.LAG_MILLIS, counted.lagMillis()),
                set(SiteRollups.COMPLETE, counted.complete())));
        if (all) {
            run.add(set(SiteRollups.ALL_DAYS, true));
        }
        return served.named(SiteRollups.COLLECTION, generation)
                .flatMap(rollups -> Mono.from(
                        rollups.updateOne(eq("_id", SiteRollups.RUN), combine(run), new UpdateOptions().upsert(true))))
                .then();
    }
}
