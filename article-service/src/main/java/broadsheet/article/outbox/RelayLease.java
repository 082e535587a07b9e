package broadsheet.article.outbox;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets one instance at a time send the outboxes, so that a document's events leave in order. A holder begins nothing that
 * would end after its lease. One whose clock is wrong can only repeat events, which consumers recognise by their ids.
 */
@Component
class RelayLease {

    static final Duration LENGTH = Duration.ofSeconds(15);
    private static final Duration RENEW_AFTER = Duration.ofSeconds(3);
    private static final String COLLECTION = "leases";
    private static final String ID = "outbox-relay";

    private final String holder;
    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;
    private volatile Instant heldUntil = Instant.EPOCH;

    RelayLease(OutboxProperties properties, ReactiveMongoTemplate mongo, InstantSource clock) {
        String instance = properties.instance();
        this.holder = instance.isBlank() ? UuidCreator.getTimeOrderedEpoch().toString() : instance;
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Whether this instance holds the lease now. Renews it every few seconds, not at each call. */
    Mono<Boolean> acquireOrRenew() {
        return isHeldFor(LENGTH.minus(RENEW_AFTER)) ? Mono.just(true) : acquire();
    }

    /** Where another instance holds the lease the upsert matches nothing, inserts, and fails as a duplicate. */
    private Mono<Boolean> acquire() {
        Instant now = clock.instant();
        Instant until = now.plus(LENGTH);
        Criteria mineOrFree = new Criteria()
                .orOperator(where("holder").is(holder), where("until").lt(now));
        return mongo.upsert(
                        query(where("_id").is(ID).andOperator(mineOrFree)),
                        new Update().set("holder", holder).set("until", until),
                        COLLECTION)
                .map(taken -> true)
                .onErrorResume(DuplicateKeyException.class, e -> Mono.just(false))
                .doOnNext(held -> heldUntil = held ? until : Instant.EPOCH);
    }

    /** Whether work that begins now and takes so long ends before another instance can get the lease. */
    boolean isHeldFor(Duration work) {
        return clock.instant().plus(work).isBefore(heldUntil);
    }

    /** Frees the lease, so that the next instance need not wait for its end. */
    Mono<Void> release() {
        heldUntil = Instant.EPOCH;
        return mongo.updateFirst(
                        query(where("_id").is(ID).and("holder").is(holder)),
                        new Update().set("until", Instant.EPOCH),
                        COLLECTION)
                .then();
    }
}
