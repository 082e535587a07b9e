package broadsheet.article.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.InstantSource;
import java.util.Objects;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The newsroom's accounts, by username. */
@Component
public class Accounts {

    static final String COLLECTION = "accounts";
    private static final int MAX_RETRIES = 10;

    private final ReactiveMongoTemplate mongo;
    private final EndedSessions ended;
    private final InstantSource clock;

    Accounts(ReactiveMongoTemplate mongo, EndedSessions ended, InstantSource clock) {
        this.mongo = mongo;
        this.ended = ended;
        this.clock = clock;
    }

    public Mono<Account> byUsername(String username) {
        return mongo.findById(username, Account.class);
    }

    /** Whoever may sign in under this name. */
    Mono<Account> enabledByUsername(String username) {
        return byUsername(username)
                .filter(account -> !account.isDisabled() && !account.roles().isEmpty());
    }

    Flux<Account> all() {
        return mongo.find(new Query().with(Sort.by("_id")), Account.class);
    }

    Mono<Boolean> isEmpty() {
        return mongo.exists(new Query(), Account.class).map(exists -> !exists);
    }

    /** Fails with a {@code DuplicateKeyException} where the username is taken. */
    Mono<Account> add(Account account) {
        return mongo.insert(account);
    }

    /**
     * Stores the next version of an account; what the document holds beside an account's own fields stays. Empty where
     * someone else changed the account since it was read: nothing is written then. Another password, other roles or being
     * disabled ends the account's sessions in the same write.
     */
    Mono<Account> update(Account read, Account changed) {
        return write(read, changed.keepsSessionsOf(read) ? changed : changed.withSessionsEnded(clock.instant()));
    }

    /** Stores another hash of the same password, unless that was changed meanwhile; the version stays, sessions go on. */
    Mono<Void> rehash(Account read, String hash) {
        return mongo.updateFirst(
                        query(where("_id")
                                .is(read.username())
                                .and("passwordHash")
                                .is(read.passwordHash())),
                        new Update().set("passwordHash", hash),
                        COLLECTION)
                .then();
    }

    /** Ends all sessions of an account, whoever changes it at the same time. */
    Mono<Void> endSessions(String username) {
        return byUsername(username)
                .flatMap(account -> write(account, account.withSessionsEnded(clock.instant()))
                        .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException(
                                "Account '" + username + "' is being changed by others"))))
                .retryWhen(Retry.max(MAX_RETRIES).filter(OptimisticLockingFailureException.class::isInstance))
                .then();
    }

    private Mono<Account> write(Account read, Account changed) {
        boolean ends = !Objects.equals(read.sessionsEndedAt(), changed.sessionsEndedAt());
        return Mono.deferContextual(request -> {
                    Update update = fields(changed);
                    return mongo.updateFirst(
                            asRead(read), ends ? ended.published(update, changed, request) : update, Account.class);
                })
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> changed)
                .doOnNext(written -> {
                    if (ends) {
                        ended.makeKnown(written);
                    }
                });
    }

    private static Update fields(Account changed) {
        Update update = new Update()
                .set("displayName", changed.displayName())
                .set("passwordHash", changed.passwordHash())
                .set("roles", changed.roles())
                .set("disabled", changed.isDisabled())
                .set("version", changed.storedVersion());
        return changed.identity() == null ? update.unset("identity") : update.set("identity", changed.identity());
    }

    /** What is null matches a document without it. */
    private static Query asRead(Account read) {
        return query(where("_id")
                .is(read.username())
                .and("version")
                .is(read.storedVersion())
                .and("sessionsEndedAt")
                .is(read.sessionsEndedAt()));
    }
}
