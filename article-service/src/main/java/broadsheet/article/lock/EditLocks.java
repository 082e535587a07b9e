package broadsheet.article.lock;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.workflow.StaffMember;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** One lock an article at most; it ends by itself, and keeps nobody from saving: versions do. */
@Component
class EditLocks {

    static final Duration LENGTH = Duration.ofMinutes(2);

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    EditLocks(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Takes or renews the lock; empty where somebody else has it. */
    Mono<EditLock> take(String articleId, StaffMember by, boolean fromOthers) {
        Instant now = now();
        Criteria mine = where("by").is(by.username()).and("until").gt(now);
        return renew(where("_id").is(articleId).andOperator(mine), now)
                .switchIfEmpty(Mono.defer(() -> of(articleId)
                        .map(lock -> fromOthers)
                        .defaultIfEmpty(true)
                        .filter(free -> free)
                        .flatMap(free -> begin(articleId, by, fromOthers, now))));
    }

    private Mono<EditLock> renew(Criteria mine, Instant now) {
        return mongo.findAndModify(
                query(mine),
                new Update().set("until", now.plus(LENGTH)),
                FindAndModifyOptions.options().returnNew(true),
                EditLock.class);
    }

    private Mono<EditLock> begin(String articleId, StaffMember by, boolean fromOthers, Instant now) {
        Criteria free = where("_id").is(articleId);
        if (!fromOthers) {
            free.orOperator(where("by").is(by.username()), where("until").lte(now));
        }
        Update update = new Update()
                .set("by", by.username())
                .set("displayName", by.displayName())
                .set("since", now)
                .set("until", now.plus(LENGTH));
        return mongo.findAndModify(
                        query(free),
                        update,
                        FindAndModifyOptions.options().upsert(true).returnNew(true),
                        EditLock.class)
                .onErrorResume(DuplicateKeyException.class, taken -> Mono.empty());
    }

    /** Empty where nobody has it. */
    Mono<EditLock> of(String articleId) {
        return mongo.findOne(query(where("_id").is(articleId).and("until").gt(now())), EditLock.class);
    }

    /** Lets go of a lock of one's own; that of somebody else stays. */
    Mono<Void> release(String articleId, String username) {
        return mongo.remove(query(where("_id").is(articleId).and("by").is(username)), EditLock.class)
                .then();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
