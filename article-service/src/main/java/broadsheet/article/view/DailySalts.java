package broadsheet.article.view;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The random salt of each day (UTC), the same in every instance; those of today and tomorrow are fetched ahead. An instance
 * that has none from the store yet uses its own, which it offers the store; where the store has another one by then,
 * visitors who have a key keep it. A salt is deleted 48 hours after its day began, and with it the way back from a visitor's
 * key to an address.
 */
@Component
class DailySalts implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DailySalts.class);

    private static final String COLLECTION = "view_salts";
    private static final int SALT_BYTES = 32;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final int BEFORE_THE_SERVER = 0;

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<LocalDate, Salt> salts = new ConcurrentHashMap<>();
    private @Nullable LocalDate cleanedUpOn;
    private boolean storeIsAway;
    private @Nullable Disposable work;

    DailySalts(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Of the day of this moment; never waits. */
    VisitorKeys keys(Instant at) {
        return salt(LocalDate.ofInstant(at, ZoneOffset.UTC)).keys();
    }

    @Override
    public synchronized void start() {
        followStore().block();
        work = Flux.interval(INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> followStore(), 0)
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (work != null) {
            work.dispose();
            work = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return work != null;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_SERVER;
    }

    /** Deletes what is old and fetches what is new. */
    Mono<Void> followStore() {
        return Mono.defer(() -> {
                    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
                    return cleanUp(today).then(fetch(today)).then(fetch(today.plusDays(1)));
                })
                .timeout(TIME_LIMIT)
                .doOnSuccess(done -> storeIsAway = false)
                .onErrorResume(e -> {
                    if (!storeIsAway) {
                        storeIsAway = true;
                        log.warn(
                                "The salts of visitors' keys cannot be fetched; this instance has its own: {}",
                                e.toString());
                    }
                    return Mono.empty();
                });
    }

    private Mono<Void> cleanUp(LocalDate today) {
        LocalDate firstToKeep = today.minusDays(1);
        salts.keySet().removeIf(day -> day.isBefore(firstToKeep));
        return today.equals(cleanedUpOn)
                ? Mono.empty()
                : mongo.remove(query(where("_id").lt(firstToKeep.toString())), COLLECTION)
                        .doOnNext(removed -> cleanedUpOn = today)
                        .then();
    }

    private Mono<Void> fetch(LocalDate day) {
        Salt known = salt(day);
        if (known.isShared()) {
            return Mono.empty();
        }
        var offered = new Update()
                .setOnInsert("salt", known.bytes())
                .setOnInsert("day", day.atStartOfDay(ZoneOffset.UTC).toInstant());
        Query ofDay = query(where("_id").is(day.toString()));
        return mongo.upsert(ofDay, offered, COLLECTION)
                .onErrorComplete(DuplicateKeyException.class) // another instance was first
                .then(mongo.findOne(ofDay, Document.class, COLLECTION))
                .doOnNext(stored -> salts.put(day, known.sharedAs(stored.get("salt", Binary.class))))
                .then();
    }

    private Salt salt(LocalDate day) {
        return salts.computeIfAbsent(day, absent -> {
            var bytes = new byte[SALT_BYTES];
            random.nextBytes(bytes);
            return new Salt(new Binary(bytes), VisitorKeys.underOwnSalt(bytes), false);
        });
    }

    /** @param isShared whether the store has it, so that it is that of every instance */
    private record Salt(Binary bytes, VisitorKeys keys, boolean isShared) {

        Salt sharedAs(Binary stored) {
            byte[] salt = stored.getData();
            return new Salt(
                    stored, stored.equals(bytes) ? VisitorKeys.underSharedSalt(salt) : keys.followedBy(salt), true);
        }
    }
}
