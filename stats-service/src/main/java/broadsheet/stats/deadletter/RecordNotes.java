package broadsheet.stats.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The notes of {@link UnreadableRecords} that are made for one generation, or with its copies. Partitions have numbers in
 * their ids, since a letter does not name the topic's id; of the records at one offset the last one stays.
 */
record RecordNotes(StatsCollections collections, String notedFor) {

    static final String COLLECTION = "stats_unreadable_records";
    static final String NOTED_FOR = "notedFor";
    static final String FROM = "from";
    static final String TO = "to";
    static final String GAPS = "gaps";

    /** Notes which records of a partition there are notes of, unless that is known. */
    Mono<Void> begin(String partition, long from, long to) {
        return update(
                partition, combine(setOnInsert(NOTED_FOR, notedFor), setOnInsert(FROM, from), setOnInsert(TO, to)));
    }

    Mono<Void> add(Collection<RecordNote> notes) {
        return notes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION)
                        .flatMap(all -> Mono.from(all.bulkWrite(
                                notes.stream().map(this::write).toList(), new BulkWriteOptions().ordered(false))))
                        .onErrorResume(DuplicateKeys::areWhy, e -> Mono.empty())
                        .then();
    }

    private UpdateOneModel<Document> write(RecordNote note) {
        return new UpdateOneModel<>(
                eq("_id", id(note.number(), note.place().offset())),
                combine(set(NOTED_FOR, notedFor), note.stored()),
                new UpdateOptions().upsert(true));
    }

    /** Notes which records of a partition there are notes of, whatever is known. */
    Mono<Void> beginAnew(String partition, long from, long to, Map<Long, Long> gaps) {
        var ends = new Document();
        gaps.forEach((start, end) -> ends.append(start.toString(), end));
        return update(partition, combine(set(NOTED_FOR, notedFor), set(FROM, from), set(TO, to), set(GAPS, ends)));
    }

    /** Notes that of the records in {@code [from, to)} nothing is noted. */
    Mono<Void> addGap(String partition, long from, long to) {
        return update(partition, max(GAPS + "." + from, to));
    }

    private Mono<Void> update(String partition, Bson update) {
        return collections
                .named(COLLECTION)
                .flatMap(notes ->
                        Mono.from(notes.updateOne(eq("_id", id(partition)), update, new UpdateOptions().upsert(true))))
                .retryWhen(Retry.max(1).filter(DuplicateKeys::areWhy)) // another instance has just begun
                .then();
    }

    private String id(String partition) {
        return notedFor + " " + partition;
    }

    private String id(int partition, long offset) {
        return notedFor + " " + partition + " " + offset;
    }

    /** What is noted of the records at these offsets. */
    Mono<NotedRecords> find(String partition, Collection<Long> offsets) {
        int number = PartitionPosition.number(partition);
        List<String> ids = new ArrayList<>(List.of(id(partition)));
        offsets.forEach(offset -> ids.add(id(number, offset)));
        return collections
                .read(COLLECTION, notes -> notes.find(in("_id", ids)))
                .collectList()
                .map(NotedRecords::of);
    }

    /** The notes of records in {@code [from, to)}. */
    Flux<RecordNote> between(String partition, long from, long to) {
        return collections
                .read(
                        COLLECTION,
                        notes -> notes.find(and(
                                eq(NOTED_FOR, notedFor),
                                eq(RecordNote.PARTITION, PartitionPosition.number(partition)),
                                eq(RecordNote.PARTITION_KEY, partition),
                                gte(RecordNote.OFFSET, from),
                                lt(RecordNote.OFFSET, to))))
                .map(RecordNote::of);
    }

    Mono<Void> removeBefore(int partition, Instant notedAt) {
        return remove(and(
                eq(NOTED_FOR, notedFor),
                eq(RecordNote.PARTITION, partition),
                lt(RecordNote.NOTED_AT, Date.from(notedAt))));
    }

    Mono<Void> remove() {
        return remove(eq(NOTED_FOR, notedFor));
    }

    private Mono<Void> remove(Bson which) {
        return collections
                .named(COLLECTION)
                .flatMap(notes -> Mono.from(notes.deleteMany(which)))
                .then();
    }
}
