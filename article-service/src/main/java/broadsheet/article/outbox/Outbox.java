package broadsheet.article.outbox;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Event;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** The outboxes inside the documents of each {@link OutboxCollection}: events that Kafka has not acknowledged yet. */
@Component
public class Outbox {

    /** The field that holds a document's entries, in the order to send them. */
    public static final String FIELD = "outbox";

    private static final String EVENT_IDS = FIELD + "." + OutboxEntry.EVENT_ID;

    private final ReactiveMongoTemplate mongo;
    private final List<String> collections;

    Outbox(ReactiveMongoTemplate mongo, List<OutboxCollection> collections) {
        this.mongo = mongo;
        this.collections =
                collections.stream().map(OutboxCollection::name).sorted().toList();
    }

    /**
     * What to push into a document's outbox together with the change that the event reports.
     *
     * @param request the Reactor context of the request that makes the change
     */
    public static Document entry(Instant time, Event event, ContextView request) {
        return OutboxEntry.toDocument(TracedEvents.encode(time, event, request));
    }

    /** The index that a sweep reads, so that it costs what waits and nothing else. */
    Mono<Void> createIndexes() {
        var index = new Index(EVENT_IDS, Direction.ASC)
                .named("outbox")
                .partial(PartialIndexFilter.of(where(EVENT_IDS).exists(true)));
        return Flux.fromIterable(collections)
                .concatMap(collection -> mongo.indexOps(collection).createIndex(index))
                .then();
    }

    /** Documents with something to send, at most so many of each collection, without those held back. */
    Flux<Pending> pending(int limit, Collection<DocumentRef> heldBack) {
        return Flux.fromIterable(collections)
                .concatMap(collection -> mongo.find(
                                filled(limit, idsIn(collection, heldBack)), Document.class, collection)
                        .map(document -> pending(collection, document)));
    }

    /** How many documents have something to send, at most so many of each collection, and the event that was made first. */
    Mono<Waiting> waiting(int most) {
        return Flux.fromIterable(collections)
                .concatMap(collection -> mongo.find(onlyIds(most), Document.class, collection))
                .map(document -> document.getList(FIELD, Document.class))
                .reduce(
                        Waiting.NOTHING,
                        (sum, entries) -> sum.and(entries.get(0).getString(OutboxEntry.EVENT_ID)));
    }

    private static List<String> idsIn(String collection, Collection<DocumentRef> documents) {
        return documents.stream()
                .filter(document -> document.collection().equals(collection))
                .map(DocumentRef::id)
                .toList();
    }

    private static Query onlyIds(int limit) {
        Query query = query(where(EVENT_IDS).gt("")).limit(limit);
        query.fields().include(EVENT_IDS);
        return query;
    }

    private static Query filled(int limit, List<String> except) {
        Criteria filled = where(EVENT_IDS).gt("");
        Query query = query(except.isEmpty() ? filled : filled.and("_id").nin(except));
        query.limit(limit).fields().include(FIELD);
        return query;
    }

    private static Pending pending(String collection, Document document) {
        return new Pending(
                new DocumentRef(collection, document.getString("_id")), document.getList(FIELD, Document.class));
    }

    /** Removes entries that Kafka has acknowledged, each document's with one write. */
    Mono<Void> remove(Map<DocumentRef, List<String>> acknowledged) {
        return Flux.fromIterable(acknowledged.keySet())
                .map(DocumentRef::collection)
                .distinct()
                .concatMap(collection -> mongo.execute(
                        collection,
                        documents -> documents.bulkWrite(
                                removals(collection, acknowledged), new BulkWriteOptions().ordered(false))))
                .then();
    }

    private static List<UpdateOneModel<Document>> removals(
            String collection, Map<DocumentRef, List<String>> acknowledged) {
        return acknowledged.entrySet().stream()
                .filter(entry -> entry.getKey().collection().equals(collection))
                .map(entry -> new UpdateOneModel<Document>(
                        Filters.eq("_id", entry.getKey().id()),
                        Updates.pullByFilter(Filters.eq(FIELD, Filters.in(OutboxEntry.EVENT_ID, entry.getValue())))))
                .toList();
    }

    record DocumentRef(String collection, String id) {

        @Override
        public String toString() {
            return collection + "/" + id;
        }
    }

    /** @param oldestEventId null where nothing waits */
    record Waiting(long documents, @Nullable String oldestEventId) {

        static final Waiting NOTHING = new Waiting(0, null);

        private Waiting and(String eventId) {
            boolean isOlder = oldestEventId == null || eventId.compareTo(oldestEventId) < 0;
            return new Waiting(documents + 1, isOlder ? eventId : oldestEventId);
        }
    }

    /** A document's unsent entries, in order. */
    record Pending(DocumentRef document, List<Document> entries) {

        Flux<EncodedEvent> events() {
            return Flux.fromIterable(entries).map(entry -> OutboxEntry.toEvent(entry, document.id()));
        }
    }
}
