package broadsheet.stats.deadletter;

import static com.mongodb.client.model.Indexes.ascending;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_unreadable_records}: which records a generation could not read when it counted them (the first one, unless
 * another is named), and from which offset on of each partition that is noted.
 */
@Component
public class UnreadableRecords implements CollectionOwner {

    /** A letter is kept for half as long, and what is sent again then stays in its topic as long. */
    private static final Duration KEPT = Duration.ofDays(180);

    private static final int AT_ONCE = 1_000;

    private final StatsCollections collections;
    private final InstantSource clock;
    private final RecordNotes own;
    private final RecordNotes copied;

    @Autowired
    public UnreadableRecords(StatsCollections collections, InstantSource clock) {
        this(collections, clock, Generation.FIRST);
    }

    private UnreadableRecords(StatsCollections collections, InstantSource clock, int generation) {
        this.collections = collections;
        this.clock = clock;
        this.own = new RecordNotes(collections, Integer.toString(generation));
        this.copied = new RecordNotes(collections, generation + " copied");
    }

    public UnreadableRecords of(int generation) {
        return new UnreadableRecords(collections, clock, generation);
    }

    @Override
    public String collection() {
        return RecordNotes.COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(RecordNotes.NOTED_FOR, RecordNote.PARTITION)));
    }

    /**
     * Notes from which offset on they are noted, unless it is known, and where they were not since.
     *
     * @param notedTo offset to which they are noted
     * @param next offset of the first record that is not counted; those between were counted without notes, or not at all
     */
    public Mono<Void> begin(String partition, long notedTo, long next) {
        return own.begin(partition, next, Long.MAX_VALUE)
                .then(notedTo < next ? own.addGap(partition, notedTo, next) : Mono.empty())
                .then(own.removeBefore(
                        PartitionPosition.number(partition), clock.instant().minus(KEPT)));
    }

    /** Before the position behind them is stored; as often as they are read. */
    public Mono<Void> note(String partition, Collection<UnreadableRecord> unreadable) {
        Instant now = clock.instant();
        return own.add(unreadable.stream()
                .map(UnreadableRecord::record)
                .map(record -> new RecordNote(partition, Place.of(record), now))
                .toList());
    }

    /** Which records at these offsets of a partition, before its position, are counted. */
    public Mono<CountedOriginals> counted(String partition, Collection<Long> offsets) {
        return Mono.zip(own.find(partition, offsets), copied.find(partition, offsets), CountedOriginals::new);
    }

    /**
     * The places, from an offset on, of those that it, or before it began those that it has copies of, could not read. Those
     * behind its position were noted by an instance that was stopped before it stored the next.
     */
    public Mono<PlaceSet> from(String partition, long offset) {
        return own.find(partition, List.of())
                .flatMapMany(begun -> Flux.concat(
                        copied.between(partition, offset, begun.from()),
                        own.between(partition, offset, Long.MAX_VALUE)))
                .map(RecordNote::place)
                .collect(PlaceSet::of, PlaceSet::add);
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
        return Flux.concat(other.copied.between(partition, 0, to), other.own.between(partition, 0, to))
                .buffer(AT_ONCE)
                .concatMap(copied::add)
                .then(other.counted(partition, List.of()))
                .flatMap(known -> copied.beginAnew(partition, Math.min(known.beginning(), to), to, known.gaps()));
    }

    /** Once the generation is dropped. */
    public Mono<Void> remove() {
        return own.remove().then(copied.remove());
    }
}
