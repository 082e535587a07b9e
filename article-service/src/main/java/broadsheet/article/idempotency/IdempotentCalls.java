package broadsheet.article.idempotency;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The calls with a key, in the store for 24 hours: those that are being made, and the answers to those that were. */
@Component
class IdempotentCalls implements CollectionOwner {

    static final Duration KEPT_FOR = Duration.ofHours(24);

    /** No call takes longer: one that was begun earlier belongs to a process that was killed. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String COLLECTION = "idempotent_calls";
    private static final int MAX_TRIES = 3;

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    IdempotentCalls(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("startedAt")));
    }

    /** Begins a call that nobody makes or has made; else says how it stands. */
    Mono<Standing> begin(String id) {
        return Mono.defer(() -> {
                    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    return mongo.insert(started(id, now), COLLECTION).map(begun -> (Standing) new Begun(id, now));
                })
                .onErrorResume(DuplicateKeyException.class, e -> standing(id))
                .repeatWhenEmpty(again -> again.take(MAX_TRIES)); // it was given up between the two
    }

    private Mono<Standing> standing(String id) {
        return mongo.findById(id, Document.class, COLLECTION).flatMap(call -> {
            Instant startedAt = call.getDate("startedAt").toInstant();
            if (call.get("answer") instanceof Binary answer) {
                return Mono.just(new Answered(startedAt, call.getString("fingerprint"), answer.getData()));
            }
            return startedAt.isAfter(clock.instant().minus(LONGEST))
                    ? Mono.just(new Running())
                    : giveUp(new Begun(id, startedAt)).then(Mono.empty());
        });
    }

    Mono<Void> answer(Begun call, String fingerprint, byte[] answer) {
        return mongo.updateFirst(
                        exactly(call),
                        new Update().set("fingerprint", fingerprint).set("answer", new Binary(answer)),
                        COLLECTION)
                .then();
    }

    /** Forgets a call that changed nothing, so that it can be made again. */
    Mono<Void> giveUp(Begun call) {
        return mongo.remove(exactly(call), COLLECTION).then();
    }

    Mono<Void> removeOld() {
        Date before = Date.from(clock.instant().minus(KEPT_FOR));
        return mongo.remove(query(where("startedAt").lt(before)), COLLECTION).then();
    }

    private static Document started(String id, Instant now) {
        return new Document("_id", id).append("startedAt", Date.from(now));
    }

    private static Query exactly(Begun call) {
        return query(where("_id").is(call.id).and("startedAt").is(Date.from(call.startedAt)));
    }

    sealed interface Standing {}

    /** To be made by whoever got this. */
    record Begun(String id, Instant startedAt) implements Standing {}

    record Running() implements Standing {}

    /** Made before. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answered(Instant startedAt, String fingerprint, byte[] answer) implements Standing {}
}
