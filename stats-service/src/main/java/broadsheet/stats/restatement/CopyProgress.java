package broadsheet.stats.restatement;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.ErasedDays;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code stats_restatement_copies}: how far the days are copied that a restatement keeps. */
@Component
class CopyProgress implements CollectionOwner {

    private static final String COLLECTION = "stats_restatement_copies";
    private static final String OF = "of";
    private static final String COUNTED = "counted";
    private static final String EPOCH = "epoch";
    private static final String NEXT = "next";
    private static final String CLOCK = "clock";
    private static final String MOVES = "moves";
    private static final String AFTER = "after";
    private static final String COUNTS = "counts";

    private final StatsCollections collections;

    CopyProgress(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /**
     * Copies so far.
     *
     * @param of the generation that is copied
     * @param counted how far that was counted before the first copy
     * @param moves how often days of erased articles were moved by then, see {@link ErasedDays#moves}
     * @param after the last day of the last article of which all days are copied; empty once all are
     * @param counts what the copied days of these articles have counted
     */
    record Copies(
            int of,
            Map<String, PartitionPosition> counted,
            long moves,
            String after,
            Map<Classification, Long> counts,
            boolean isWhole) {

        Copies whole() {
            return new Copies(of, counted, moves, after, counts, true);
        }
    }

    Mono<Copies> find(int restatement) {
        return collections
                .read(COLLECTION, copies -> copies.find(eq("_id", restatement)))
                .next()
                .map(CopyProgress::copies);
    }

    private static Copies copies(Document stored) {
        Map<String, PartitionPosition> counted = new HashMap<>();
        stored.get(COUNTED, new Document()).forEach((partition, value) -> {
            var place = (Document) value;
            counted.put(
                    partition,
                    new PartitionPosition(
                            partition,
                            new Place(place.getInteger(EPOCH), place.getLong(NEXT)),
                            place.getDate(CLOCK).toInstant()));
        });
        Map<Classification, Long> counts = new EnumMap<>(Classification.class);
        stored.get(COUNTS, new Document())
                .forEach((column, count) -> Classification.ofColumn(column)
                        .ifPresent(known -> counts.put(known, ((Number) count).longValue())));
        return new Copies(
                stored.getInteger(OF), counted, stored.get(MOVES, 0L), stored.getString(AFTER), counts, false);
    }

    Mono<Void> store(int restatement, Copies copies) {
        var counted = new Document();
        copies.counted()
                .forEach((partition, position) -> counted.append(
                        partition,
                        new Document(EPOCH, position.next().epoch())
                                .append(NEXT, position.next().offset())
                                .append(CLOCK, Date.from(position.clock()))));
        var counts = new Document();
        copies.counts().forEach((classification, count) -> counts.append(classification.column(), count));
        Document stored = new Document("_id", restatement)
                .append(OF, copies.of())
                .append(COUNTED, counted)
                .append(MOVES, copies.moves())
                .append(AFTER, copies.after())
                .append(COUNTS, counts);
        return collections
                .named(COLLECTION)
                .flatMap(all ->
                        Mono.from(all.replaceOne(eq("_id", restatement), stored, new ReplaceOptions().upsert(true))))
                .then();
    }

    Mono<Void> remove(Collection<Integer> restatements) {
        return collections
                .named(COLLECTION)
                .flatMap(all -> Mono.from(all.deleteMany(in("_id", restatements))))
                .then();
    }

    Mono<Void> remove(int restatement) {
        return collections
                .named(COLLECTION)
                .flatMap(all -> Mono.from(all.deleteOne(eq("_id", restatement))))
                .then();
    }
}
