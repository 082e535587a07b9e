package broadsheet.article.account;

import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.ProblemException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for a password: to sign in, and again for what an open session alone must not do. */
@Component
class PasswordCheck {

    private final Accounts accounts;
    private final Passwords passwords;
    private final SignInAttempts attempts;
    private final KnownNetworks networks;
    private final OidcProperties oidc;

    PasswordCheck(
            Accounts accounts,
            Passwords passwords,
            SignInAttempts attempts,
            KnownNetworks networks,
            OidcProperties oidc) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.networks = networks;
        this.oidc = oidc;
    }

    /** Empty where the password is wrong or there is no such account; 409 where an issuer says who is who. */
    Mono<Account> passed(String username, String password, ServerHttpRequest request) {
        return passed(username, password, Mono::just, request);
    }

    /**
     * Empty also where it does not pass.
     *
     * @param further what an account has to pass once its password was right; counts as a part of the attempt
     */
    Mono<Account> passed(
            String username, String password, Function<Account, Mono<Account>> further, ServerHttpRequest request) {
        if (oidc.isOn()) {
            return Mono.error(
                    new ProblemException(HttpStatus.CONFLICT, "There are no passwords here: sign in at /login"));
        }
        Mono<Account> attempt = accounts.enabledByUsername(username)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(account -> passwords
                        .matches(password, account.orElse(null))
                        .filter(matches -> matches)
                        .map(matches -> account.orElseThrow()))
                .flatMap(further);
        String network = ClientAddress.network(request);
        return attempts.limited(username, network, networks.contain(username, network), attempt)
                .delayUntil(account -> networks.add(username, network))
                .doOnError(TooManyFailuresException.class, e -> AccountAudit.throttled(username, request))
                .switchIfEmpty(Mono.<Account>empty().doOnSubscribe(wrong -> AccountAudit.failed(username, request)));
    }
}
