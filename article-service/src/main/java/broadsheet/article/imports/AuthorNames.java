package broadsheet.article.imports;

import broadsheet.article.account.Account;
import broadsheet.article.account.Accounts;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How authors are called whose lines do not say it: as their accounts do, or by their usernames. */
final class AuthorNames {

    private static final int MOST = 10_000;

    private final Accounts accounts;
    private final Map<String, String> byUsername = new ConcurrentHashMap<>();

    AuthorNames(Accounts accounts) {
        this.accounts = accounts;
    }

    String of(String username) {
        return byUsername.getOrDefault(username, username);
    }

    Mono<Void> add(Collection<String> usernames) {
        return Flux.fromIterable(usernames)
                .filter(username -> !byUsername.containsKey(username) && byUsername.size() < MOST)
                .concatMap(username -> accounts.byUsername(username)
                        .map(Account::displayName)
                        .defaultIfEmpty(username)
                        .doOnNext(name -> byUsername.put(username, name)))
                .then();
    }
}
