package broadsheet.stats.counting;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.StatsCollections;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts records in documents, each exactly once however often it is tried.
 *
 * <p>Every document carries {@code fence: {"<topic id>-<partition>": offset}}: the last record of each partition that it
 * has counted. Records at or below a document's own fence are left out, and the counts are written together with the new
 * fence only while the fence is still the one that was read. Who loses that race reads again.
 */
@Component
class FencedCounts {

    private static final String FENCE = "fence";

    private final StatsCollections collections;
    private final List<Counter> counters =
            List.of(new ArticleTotals(), new ArticleHours(), new ArticleDays(), new LedgerHours());

    FencedCounts(StatsCollections collections) {
        this.collections = collections;
    }

    /**
     * Completes once every document has counted every record.
     *
     * @param records in the order of their offsets
     */
    Mono<Void> count(List<Decided> records) {
        return Flux.fromIterable(counters)
                .flatMapDelayError(counter -> settle(counter, touched(counter, records)), counters.size(), 1)
                .then();
    }

    private Mono<Void> settle(Counter counter, Map<Touched, List<Decided>> touched) {
        return touched.isEmpty()
                ? Mono.empty()
                : collections
                        .named(counter.collection())
                        .flatMap(collection -> attempt(counter, collection, touched)
                                .filter(settled -> settled)
                                .repeatWhenEmpty(again -> again))
                        .then();
    }

    /** False where someone else wrote meanwhile. */
    private Mono<Boolean> attempt(
            Counter counter, MongoCollection<Document> collection, Map<Touched, List<Decided>> touched) {
        return stored(counter, collection, touched)
                .map(stored -> touched.entrySet().stream()
                        .flatMap(entry -> write(counter, entry.getKey(), entry.getValue(), stored).stream())
                        .toList())
                .flatMap(writes -> writes.isEmpty() ? Mono.just(true) : written(collection, writes));
    }

    private static Mono<Map<String, Document>> stored(
            Counter counter, MongoCollection<Document> collection, Map<Touched, List<Decided>> touched) {
        List<String> fields = new ArrayList<>(counter.reads());
        fields.add(FENCE);
        List<String> ids =
                touched.keySet().stream().map(Touched::document).distinct().toList();
        return Flux.from(collection.find(in("_id", ids)).projection(include(fields)))
                .collectMap(document -> document.getString("_id"));
    }

    /** Nothing where the document has counted them all. */
    private static Optional<UpdateOneModel<Document>> write(
            Counter counter, Touched touched, List<Decided> records, Map<String, Document> all) {
        Document stored = all.getOrDefault(touched.document(), new Document());
        Document fences = stored.get(FENCE, new Document());
        Long fence = fences.getLong(touched.partition());
        List<Decided> uncounted = records.stream()
                .filter(record -> fence == null || record.offset() > fence)
                .toList();
        if (uncounted.isEmpty()) {
            return Optional.empty();
        }
        String field = FENCE + "." + touched.partition();
        Bson unchanged =
                counter.reads().isEmpty() ? asRead(field, fence) : asRead(FENCE, fences.isEmpty() ? null : fences);
        long last = uncounted.get(uncounted.size() - 1).offset();
        return Optional.of(new UpdateOneModel<>(
                and(eq("_id", touched.document()), unchanged),
                combine(counter.change(uncounted, stored), set(field, last)),
                new UpdateOptions().upsert(stored.isEmpty())));
    }

    private static Bson asRead(String field, @Nullable Object value) {
        return value == null ? exists(field, false) : eq(field, value);
    }

    private static Mono<Boolean> written(MongoCollection<Document> collection, List<UpdateOneModel<Document>> writes) {
        return Mono.from(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .map(result -> applied(result) == writes.size())
                .onErrorResume(FencedCounts::isLostRace, e -> Mono.just(false));
    }

    private static int applied(BulkWriteResult result) {
        return result.getMatchedCount() + result.getUpserts().size();
    }

    private static boolean isLostRace(Throwable e) {
        return e instanceof MongoBulkWriteException bulk
                && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static Map<Touched, List<Decided>> touched(Counter counter, List<Decided> records) {
        Map<Touched, List<Decided>> touched = new TreeMap<>();
        records.forEach(record -> Stream.ofNullable(counter.document(record))
                .forEach(document -> touched.computeIfAbsent(
                                new Touched(document, record.partition()), none -> new ArrayList<>())
                        .add(record)));
        return touched;
    }

    /** A document and the partition whose records touch it; in the order of ids, so that writers do not lock crosswise. */
    private record Touched(String document, String partition) implements Comparable<Touched> {

        private static final Comparator<Touched> BY_ID =
                Comparator.comparing(Touched::document).thenComparing(Touched::partition);

        @Override
        public int compareTo(Touched other) {
            return BY_ID.compare(this, other);
        }
    }
}
