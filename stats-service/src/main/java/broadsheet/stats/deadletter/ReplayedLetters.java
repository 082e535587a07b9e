package broadsheet.stats.deadletter;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code stats_replayed_letters}: which dead letters were sent again, or were about to be. */
@Component
class ReplayedLetters implements CollectionOwner {

    private static final String COLLECTION = "stats_replayed_letters";
    private static final String CLAIMED_AT = "claimedAt";
    private static final String ENDS = "ends";
    private static final String SENT_AT = "sentAt";

    private final StatsCollections collections;
    private final InstantSource clock;

    ReplayedLetters(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /**
     * Whether it is this caller's to send: nobody has claimed it before.
     *
     * @param ends of the partitions of the views, so that what is sent stands behind them
     */
    Mono<Boolean> claim(String letter, Map<Integer, Long> ends) {
        return collections
                .named(COLLECTION)
                .flatMap(letters -> Mono.from(letters.insertOne(new Document("_id", letter)
                        .append(CLAIMED_AT, Date.from(clock.instant()))
                        .append(ENDS, stored(ends)))))
                .thenReturn(true)
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false));
    }

    private static Document stored(Map<Integer, Long> ends) {
        var document = new Document();
        ends.forEach((partition, end) -> document.append(Integer.toString(partition), end));
        return document;
    }

    /** A claim of a letter that is not known to be sent. */
    record OpenClaim(Instant at, Map<Integer, Long> ends) {}

    /** Empty where it is known to be sent. */
    Mono<OpenClaim> openClaim(String letter) {
        return collections
                .read(COLLECTION, letters -> letters.find(and(eq("_id", letter), exists(SENT_AT, false))))
                .next()
                .map(stored -> new OpenClaim(
                        stored.getDate(CLAIMED_AT).toInstant(),
                        stored.get(ENDS, new Document()).entrySet().stream()
                                .collect(Collectors.toMap(
                                        end -> Integer.valueOf(end.getKey()),
                                        end -> ((Number) end.getValue()).longValue()))));
    }

    /** Whether it is this caller's to send again: no other has claimed it since it was claimed then. */
    Mono<Boolean> claimAgain(String letter, OpenClaim claim) {
        return collections
                .named(COLLECTION)
                .flatMap(letters -> Mono.from(letters.updateOne(
                        and(eq("_id", letter), exists(SENT_AT, false), eq(CLAIMED_AT, Date.from(claim.at()))),
                        set(CLAIMED_AT, Date.from(clock.instant())))))
                .map(result -> result.getMatchedCount() == 1);
    }

    Mono<Void> sent(String letter) {
        return collections
                .named(COLLECTION)
                .flatMap(letters ->
                        Mono.from(letters.updateOne(eq("_id", letter), set(SENT_AT, Date.from(clock.instant())))))
                .then();
    }

    /** When those among these were sent that were. */
    Mono<Map<String, Instant>> sentAt(Collection<String> letters) {
        return collections
                .read(COLLECTION, stored -> stored.find(and(in("_id", letters), exists(SENT_AT))))
                .collectMap(
                        stored -> stored.getString("_id"),
                        stored -> stored.getDate(SENT_AT).toInstant());
    }
}
