package broadsheet.article.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The newsroom's accounts, by username. */
@Component
public class Accounts {

    private final ReactiveMongoTemplate mongo;

    Accounts(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    public Mono<Account> byUsername(String username) {
        return mongo.findById(username, Account.class);
    }

    /** Whoever may sign in under this name. */
    Mono<Account> enabledByUsername(String username) {
        return byUsername(username).filter(account -> !account.isDisabled());
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
     * someone else changed the account since it was read: nothing is written then.
     */
    Mono<Account> update(Account read, Account changed) {
        var update = new Update()
                .set("displayName", changed.displayName())
                .set("passwordHash", changed.passwordHash())
                .set("roles", changed.roles())
                .set("disabled", changed.isDisabled())
                .set("version", changed.version());
        return mongo.updateFirst(asRead(read), update, Account.class)
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> changed);
    }

    /** A version that is null matches a document without one. */
    private static Query asRead(Account read) {
        return query(where("_id").is(read.username()).and("version").is(read.storedVersion()));
    }
}
