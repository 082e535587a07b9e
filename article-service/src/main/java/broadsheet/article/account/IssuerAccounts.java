package broadsheet.article.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.store.CollectionOwner;
import broadsheet.web.problem.ProblemException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The accounts of those who sign in at an issuer. The first who comes under a name that nobody there has here yet gets its
 * account; from then on that is found by their identity alone, whatever name they are given later.
 */
@Component
public class IssuerAccounts implements CollectionOwner {

    private static final String ISSUER = "the issuer";
    private static final int MAX_RETRIES = 10;

    /** No hash, so that no password is right. */
    private static final String NO_PASSWORD = "-";

    private final ReactiveMongoTemplate mongo;
    private final Accounts accounts;
    private final InstantSource clock;

    IssuerAccounts(ReactiveMongoTemplate mongo, Accounts accounts, InstantSource clock) {
        this.mongo = mongo;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return Accounts.COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(
                Indexes.ascending("identity.issuer", "identity.subject"),
                new IndexOptions().unique(true).sparse(true)));
    }

    /** Empty where they have none yet. */
    public Mono<Account> of(IssuerIdentity identity) {
        return mongo.findOne(
                query(where("identity.issuer")
                        .is(identity.issuer())
                        .and("identity.subject")
                        .is(identity.subject())),
                Account.class);
    }

    /**
     * Their account, with the name and roles that the issuer says now; made where there is none. Fails with a 403 where the
     * account of this name is another's.
     */
    public Mono<Account> signedIn(IssuerIdentity identity, String username, String displayName, Set<Role> roles) {
        return known(identity, username)
                .flatMap(account -> update(account, identity, displayName, roles))
                .switchIfEmpty(Mono.defer(
                        () -> accounts.add(new Account(username, displayName, NO_PASSWORD, roles, clock.instant())
                                        .withIdentity(identity))
                                .doOnNext(added -> AccountAudit.added(added, ISSUER))))
                .retryWhen(Retry.max(MAX_RETRIES)
                        .filter(e ->
                                e instanceof OptimisticLockingFailureException || e instanceof DuplicateKeyException));
    }

    /** Someone whom the issuer gives no role any more: sessions and API tokens end, where there is an account. */
    public Mono<Void> lostRoles(IssuerIdentity identity, String username) {
        return known(identity, username)
                .filter(account -> !account.roles().isEmpty())
                .flatMap(account -> write(
                        account,
                        account.changed(account.displayName(), account.passwordHash(), Set.of(), account.isDisabled())))
                .retryWhen(Retry.max(MAX_RETRIES).filter(OptimisticLockingFailureException.class::isInstance))
                .then();
    }

    /** Theirs, or the one of this name that nobody has yet. */
    private Mono<Account> known(IssuerIdentity identity, String username) {
        return of(identity)
                .switchIfEmpty(Mono.defer(
                        () -> accounts.byUsername(username).doOnNext(account -> requireFree(account, identity))));
    }

    /** One that was another issuer's is free: who set this one trusts it with all names. */
    private static void requireFree(Account account, IssuerIdentity identity) {
        IssuerIdentity of = account.identity();
        if (of != null && of.issuer().equals(identity.issuer())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "The account '" + account.username()
                            + "' is of somebody else, who had your name at the issuer before");
        }
    }

    private Mono<Account> update(Account account, IssuerIdentity identity, String displayName, Set<Role> roles) {
        if (account.displayName().equals(displayName)
                && account.roles().equals(roles)
                && identity.equals(account.identity())) {
            return Mono.just(account);
        }
        return write(
                account,
                account.changed(displayName, account.passwordHash(), roles, account.isDisabled())
                        .withIdentity(identity));
    }

    private Mono<Account> write(Account account, Account changed) {
        return accounts.update(account, changed)
                .doOnNext(written -> AccountAudit.changed(account, written, ISSUER))
                .switchIfEmpty(Mono.error(() -> new OptimisticLockingFailureException(
                        "Account '" + account.username() + "' is being changed by others")));
    }
}
