package broadsheet.stats.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.position.Place;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.DuplicateKeys;
import com.mongodb.ReadConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes views to all projections, each exactly once however often it is tried.
 *
 * <p>Every document carries {@code fence: {"<topic id>-<partition>": {epoch, offset}}}: the place of the last record of
 * each partition that it has counted. Records that are not after a document's own fence are left out, and the counts are
 * written together with the new fence only while the fence is still the one that was read. A writer that loses this race
 * reads again, a little later. Fences are read as a majority of the replicas has them: one that a fail-over takes back
 * would keep records out that were not counted.
 */
public class FencedProjectionWriter {

    /** So that what is read of busy days fits into memory. */
    private static final int DOCUMENTS_AT_ONCE = 500;

    private final StatsCollections collections;
    private final List<Projection> projections;
    private final int generation;
    private final FenceMetrics metrics;

    /** @param projections those that are written, in this generation of theirs */
    public FencedProjectionWriter(
            StatsCollections collections, List<Projection> projections, int generation, FenceMetrics metrics) {
        this.collections = collections;
        this.projections = projections;
        this.generation = generation;
        this.metrics = metrics;
        projections.forEach(metrics::add);
    }

    /** Completes once every document has counted every view. */
    public Mono<Void> write(List<ClassifiedView> views) {
        Collection<List<ClassifiedView>> alike = AlikeViews.group(views);
        return Flux.fromIterable(projections)
                .flatMapDelayError(
                        projection -> writeAll(projection, byDocument(projection, alike)), projections.size(), 1)
                .then();
    }

    private Mono<Void> writeAll(Projection projection, Map<Target, List<ClassifiedView>> views) {
        return views.isEmpty()
                ? Mono.empty()
                : collections
                        .named(Generation.numbered(projection.collection(), generation))
                        .flatMapMany(collection -> Flux.fromIterable(views.entrySet())
                                .buffer(DOCUMENTS_AT_ONCE)
                                .concatMap(some -> write(projection, collection, inOrder(some))))
                        .then();
    }

    private Mono<Boolean> write(
            Projection projection, MongoCollection<Document> collection, Map<Target, List<ClassifiedView>> views) {
        return attempt(projection, collection, views, new AtomicBoolean(true))
                .filter(complete -> complete)
                .repeatWhenEmpty(races -> races.doOnNext(race -> metrics.lostRace(projection))
                        .concatMap(FencedProjectionWriter::backOff));
    }

    private static Map<Target, List<ClassifiedView>> inOrder(List<Map.Entry<Target, List<ClassifiedView>>> some) {
        Map<Target, List<ClassifiedView>> views = new LinkedHashMap<>();
        some.forEach(entry -> views.put(entry.getKey(), entry.getValue()));
        return views;
    }

    /** Up to 4 ms after the first lost race, up to half a second after the eighth. */
    private static Mono<Long> backOff(long races) {
        long atMost = 4L << Math.min(races, 7);
        return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(atMost) + 1));
    }

    /**
     * False where another writer came between.
     *
     * @param first whether nothing of these views is written yet by this writer
     */
    private Mono<Boolean> attempt(
            Projection projection,
            MongoCollection<Document> collection,
            Map<Target, List<ClassifiedView>> views,
            AtomicBoolean first) {
        return stored(projection, collection, views)
                .doOnNext(stored -> {
                    if (first.getAndSet(false)) {
                        metrics.fenced(projection, countedBefore(views, stored));
                    }
                })
                .map(stored -> views.entrySet().stream()
                        .flatMap(entry -> update(projection, entry.getKey(), entry.getValue(), stored).stream())
                        .toList())
                .flatMap(updates -> updates.isEmpty() ? Mono.just(true) : bulkWrite(collection, updates));
    }

    private static Mono<Map<String, Document>> stored(
            Projection projection, MongoCollection<Document> collection, Map<Target, List<ClassifiedView>> views) {
        List<String> fields = new ArrayList<>(projection.readFields());
        fields.addAll(projection.comparedFields());
        fields.add(Fences.FIELD);
        List<String> ids =
                views.keySet().stream().map(Target::documentId).distinct().toList();
        return Flux.from(collection
                        .withReadConcern(ReadConcern.MAJORITY)
                        .find(in("_id", ids))
                        .projection(include(fields)))
                .collectMap(document -> document.getString("_id"));
    }

    /** Empty where the document has counted all of the views. */
    private static Optional<UpdateOneModel<Document>> update(
            Projection projection, Target target, List<ClassifiedView> views, Map<String, Document> all) {
        Document stored = all.getOrDefault(target.documentId(), new Document());
        Document fences = stored.get(Fences.FIELD, new Document());
        Object fence = fences.get(target.partition());
        List<ClassifiedView> uncounted = fence == null ? views : after(Fences.place(fence), views);
        if (uncounted.isEmpty()) {
            return Optional.empty();
        }
        String field = Fences.FIELD + "." + target.partition();
        List<Bson> unchanged = new ArrayList<>(List.of(
                eq("_id", target.documentId()),
                projection.readFields().isEmpty()
                        ? isAsRead(field, fence)
                        : isAsRead(Fences.FIELD, fences.isEmpty() ? null : fences)));
        projection.comparedFields().forEach(name -> unchanged.add(isAsRead(name, stored.get(name))));
        Place last = uncounted.stream()
                .map(ClassifiedView::place)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Optional.of(new UpdateOneModel<>(
                and(unchanged),
                combine(projection.change(uncounted, stored), set(field, Fences.at(last))),
                new UpdateOptions().upsert(stored.isEmpty())));
    }

    private static long countedBefore(Map<Target, List<ClassifiedView>> views, Map<String, Document> all) {
        long counted = 0;
        for (var entry : views.entrySet()) {
            Document stored = all.get(entry.getKey().documentId());
            Object fence = stored == null
                    ? null
                    : stored.get(Fences.FIELD, new Document())
                            .get(entry.getKey().partition());
            if (fence != null) {
                counted += entry.getValue().size()
                        - after(Fences.place(fence), entry.getValue()).size();
            }
        }
        return counted;
    }

    private static List<ClassifiedView> after(Place fence, List<ClassifiedView> views) {
        return views.stream().filter(view -> view.place().isAfter(fence)).toList();
    }

    private static Bson isAsRead(String field, @Nullable Object value) {
        return value == null ? exists(field, false) : eq(field, value);
    }

    private static Mono<Boolean> bulkWrite(
            MongoCollection<Document> collection, List<UpdateOneModel<Document>> updates) {
        return Mono.from(collection.bulkWrite(updates, new BulkWriteOptions().ordered(false)))
                .map(result -> applied(result) == updates.size())
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false));
    }

    private static int applied(BulkWriteResult result) {
        return result.getMatchedCount() + result.getUpserts().size();
    }

    private static Map<Target, List<ClassifiedView>> byDocument(
            Projection projection, Collection<List<ClassifiedView>> alike) {
        Map<Target, List<ClassifiedView>> byDocument = new TreeMap<>();
        alike.forEach(views -> projection
                .documentId(views.get(0))
                .ifPresent(id -> byDocument
                        .computeIfAbsent(new Target(id, views.get(0).partition()), none -> new ArrayList<>())
                        .addAll(views)));
        return byDocument;
    }

    /** A document and the partition whose views it counts; in the order of ids, so that writers do not lock crosswise. */
    private record Target(String documentId, String partition) implements Comparable<Target> {

        private static final Comparator<Target> ORDER =
                Comparator.comparing(Target::documentId).thenComparing(Target::partition);

        @Override
        public int compareTo(Target other) {
            return ORDER.compare(this, other);
        }
    }
}
