package broadsheet.stats.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_unreadable_records}: which records a generation could not read when it counted them (the first one, unless
 * another is named), and from which offset on of each partition that is noted. Partitions have numbers here, since a letter
 * does not name the topic's id.
 */
@Component
public class UnreadableRecords implements CollectionOwner {

    static final String COLLECTION = "stats_unreadable_records";

    /** A letter is kept for half as long, and what is sent again then stays in its topic as long. */
    private static final Duration KEPT = Duration.ofDays(180);

    private static final int AT_ONCE = 1_000;

    private static final String NOTED_FOR = "notedFor";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String NOTED_AT = "notedAt";
    private static final String FROM = "from";
    private static final String TO = "to";

    private final StatsCollections collections;
    private final InstantSource clock;
    private final String notedFor;

    @Autowired
    public UnreadableRecords(StatsCollections collections, InstantSource clock) {
        this(collections, clock, Integer.toString(Generation.FIRST));
    }

    private UnreadableRecords(StatsCollections collections, InstantSource clock, String notedFor) {
        this.collections = collections;
        this.clock = clock;
        this.notedFor = notedFor;
    }

    public UnreadableRecords of(int generation) {
        return new UnreadableRecords(collections, clock, Integer.toString(generation));
    }

    /** Those that its copies of another one's documents do not hold. */
    private UnreadableRecords copied() {
        return new UnreadableRecords(collections, clock, notedFor + " copied");
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(NOTED_FOR, PARTITION)));
    }

    /** Notes from which offset on they are noted, unless it is known. */
    public Mono<Void> begin(String partition, long offset) {
        return insert(List.of(beginning(partition, offset, Long.MAX_VALUE)))
                .then(collections.named(COLLECTION))
                .flatMap(records -> Mono.from(records.deleteMany(and(
                        eq(NOTED_FOR, notedFor),
                        eq(PARTITION, PartitionPosition.number(partition)),
                        lt(NOTED_AT, Date.from(clock.instant().minus(KEPT)))))))
                .then();
    }

    private Document beginning(String partition, long from, long to) {
        return new Document("_id", notedFor + " " + partition)
                .append(NOTED_FOR, notedFor)
                .append(FROM, from)
                .append(TO, to);
    }

    /** Before the position behind them is stored; as often as they are read. */
    public Mono<Void> note(Collection<UnreadableRecord> unreadable) {
        Date at = Date.from(clock.instant());
        return insert(unreadable.stream()
                .map(UnreadableRecord::record)
                .map(record -> noted(record.partition(), record.offset(), at))
                .toList());
    }

    private Document noted(int partition, long offset, Date at) {
        return new Document("_id", id(partition, offset))
                .append(NOTED_FOR, notedFor)
                .append(PARTITION, partition)
                .append(OFFSET, offset)
                .append(NOTED_AT, at);
    }

    private String id(int partition, long offset) {
        return notedFor + " " + partition + " " + offset;
    }

    private Mono<Void> insert(List<Document> documents) {
        return documents.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION)
                        .flatMap(records -> Mono.from(records.bulkWrite(
                                documents.stream()
                                        .map(UnreadableRecords::insertion)
                                        .toList(),
                                new BulkWriteOptions().ordered(false))))
                        .onErrorResume(DuplicateKeys::areWhy, e -> Mono.empty())
                        .then();
    }

    private static UpdateOneModel<Document> insertion(Document document) {
        var values = new Document(document);
        return new UpdateOneModel<>(
                eq("_id", values.remove("_id")),
                new Document("$setOnInsert", values),
                new UpdateOptions().upsert(true));
    }

    /** Which records at these offsets of a partition, before its position, are counted. */
    public Mono<CountedOriginals> counted(String partition, Collection<Long> offsets) {
        return Mono.zip(noted(partition, offsets), copied().noted(partition, offsets), CountedOriginals::new);
    }

    private Mono<NotedRecords> noted(String partition, Collection<Long> offsets) {
        int number = PartitionPosition.number(partition);
        List<String> ids = new ArrayList<>();
        ids.add(notedFor + " " + partition);
        offsets.forEach(offset -> ids.add(id(number, offset)));
        return collections
                .read(COLLECTION, records -> records.find(in("_id", ids)))
                .collectList()
                .map(UnreadableRecords::noted);
    }

    private static NotedRecords noted(List<Document> documents) {
        return documents.stream()
                .filter(document -> document.containsKey(FROM))
                .findFirst()
                .map(begun -> new NotedRecords(
                        begun.getLong(FROM),
                        begun.getLong(TO),
                        documents.stream()
                                .filter(document -> document.containsKey(OFFSET))
                                .map(document -> document.getLong(OFFSET))
                                .collect(Collectors.toSet())))
                .orElse(NotedRecords.NONE);
    }

    /**
     * Keeps what is noted of a generation whose documents this one has copies of, with what that one's own copies hold.
     *
     * @param counted how far it is counted in them
     */
    public Mono<Void> copy(UnreadableRecords other, Map<String, PartitionPosition> counted) {
        return Flux.fromIterable(counted.values())
                .concatMap(position -> copy(other, position))
                .then();
    }

    private Mono<Void> copy(UnreadableRecords other, PartitionPosition counted) {
        String partition = counted.partition();
        long to = counted.next().offset();
        int number = PartitionPosition.number(partition);
        return collections
                .read(
                        COLLECTION,
                        records -> records.find(and(
                                in(NOTED_FOR, other.notedFor, other.copied().notedFor),
                                eq(PARTITION, number),
                                lt(OFFSET, to))))
                .map(known -> copied().noted(number, known.getLong(OFFSET), known.getDate(NOTED_AT)))
                .buffer(AT_ONCE)
                .concatMap(this::insert)
                .then(other.counted(partition, List.of()))
                .map(known -> Math.min(
                        known.own().to() == 0 ? to : known.own().from(),
                        known.copied().to() == 0 ? to : known.copied().from()))
                .flatMap(from -> insert(List.of(copied().beginning(partition, from, to))));
    }

    /** Once the generation is dropped. */
    public Mono<Void> remove() {
        return collections
                .named(COLLECTION)
                .flatMap(records -> Mono.from(records.deleteMany(in(NOTED_FOR, notedFor, copied().notedFor))))
                .then();
    }
}
