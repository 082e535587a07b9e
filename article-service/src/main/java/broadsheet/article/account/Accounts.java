package broadsheet.article.account;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
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

    Mono<Account> replace(Account account) {
        return mongo.save(account);
    }
}
