package broadsheet.article.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxCollection;
import broadsheet.article.outbox.OutboxRelay;
import broadsheet.events.StaffSessionsEnded;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/** The newsroom's accounts, by username. */
@Component
public class Accounts {

    static final String COLLECTION = "accounts";
    private static final int MAX_RETRIES = 10;
    private static final String ISSUER = "the issuer";

    /** No hash, so that no password is right. */
    private static final String NO_PASSWORD = "-";

    private final ReactiveMongoTemplate mongo;
    private final StaffSessions sessions;
    private final OutboxRelay relay;
    private final InstantSource clock;

    Accounts(ReactiveMongoTemplate mongo, StaffSessions sessions, OutboxRelay relay, InstantSource clock) {
        this.mongo = mongo;
        this.sessions = sessions;
        this.relay = relay;
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

    /** The account of someone whom the issuer knows, with the name and roles that it says now; made where there is none. */
    public Mono<Account> signedInElsewhere(String username, String displayName, Set<Role> roles, Instant now) {
        return byUsername(username)
                .flatMap(account -> account.displayName().equals(displayName)
                                && account.roles().equals(roles)
                        ? Mono.just(account)
                        : update(
                                        account,
                                        account.changed(
                                                displayName, account.passwordHash(), roles, account.isDisabled()))
                                .doOnNext(changed -> AccountAudit.changed(account, changed, ISSUER))
                                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException(
                                        "Account '" + username + "' is being changed by others"))))
                .switchIfEmpty(Mono.defer(() -> add(new Account(username, displayName, NO_PASSWORD, roles, now))
                        .doOnNext(added -> AccountAudit.added(added, ISSUER))))
                .retryWhen(Retry.max(MAX_RETRIES)
                        .filter(e ->
                                e instanceof OptimisticLockingFailureException || e instanceof DuplicateKeyException));
    }

    /** Someone whom the issuer gives no role any more: sessions and API tokens end, where there is an account. */
    public Mono<Void> lostRolesElsewhere(String username) {
        return byUsername(username)
                .filter(account -> !account.roles().isEmpty())
                .flatMap(account -> update(
                                account,
                                account.changed(
                                        account.displayName(), account.passwordHash(), Set.of(), account.isDisabled()))
                        .doOnNext(changed -> AccountAudit.changed(account, changed, ISSUER))
                        .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException(
                                "Account '" + username + "' is being changed by others"))))
                .retryWhen(Retry.max(MAX_RETRIES).filter(OptimisticLockingFailureException.class::isInstance))
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

    /** Makes the sessions that ended since then known to this service and, once more, to the others. */
    Mono<Void> publishEndsSince(Instant since) {
        return mongo.find(query(where("sessionsEndedAt").gt(since)), Account.class)
                .concatMap(account -> Mono.deferContextual(request -> {
                    sessions.apply(ended(account));
                    return mongo.updateFirst(
                            query(where("_id").is(account.username())),
                            publishing(new Update(), account, request),
                            COLLECTION);
                }))
                .then();
    }

    private Mono<Account> write(Account read, Account changed) {
        boolean ends = !Objects.equals(read.sessionsEndedAt(), changed.sessionsEndedAt());
        return Mono.deferContextual(request -> {
                    Update update = fields(changed);
                    return mongo.updateFirst(
                            asRead(read), ends ? publishing(update, changed, request) : update, Account.class);
                })
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> changed)
                .doOnNext(written -> {
                    if (ends) {
                        sessions.apply(ended(written));
                        relay.nudge();
                    }
                });
    }

    private static Update fields(Account changed) {
        return new Update()
                .set("displayName", changed.displayName())
                .set("passwordHash", changed.passwordHash())
                .set("roles", changed.roles())
                .set("disabled", changed.isDisabled())
                .set("version", changed.storedVersion());
    }

    private Update publishing(Update update, Account account, ContextView request) {
        return update.set("sessionsEndedAt", account.sessionsValidFrom())
                .push(Outbox.FIELD, Outbox.entry(clock.instant(), ended(account), request));
    }

    private static StaffSessionsEnded ended(Account account) {
        return new StaffSessionsEnded(account.username(), account.sessionsValidFrom(), account.rolesOfApiTokens());
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

    @Configuration(proxyBeanMethods = false)
    static class AccountsOutbox {

        @Bean
        OutboxCollection accountsOutbox() {
            return new OutboxCollection(COLLECTION);
        }
    }
}
