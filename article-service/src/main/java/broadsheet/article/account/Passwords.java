package broadsheet.article.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.ProblemException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Passwords as BCrypt hashes, worked out on threads of their own; 503 where too many wait for one. */
@Component
class Passwords {

    private final PasswordEncoder encoder;
    private final String nobodys;
    private final Scheduler hashing;

    Passwords(AccountProperties properties, @Qualifier("passwordHashing") Scheduler hashing) {
        this.encoder = new BCryptPasswordEncoder(properties.passwordCost());
        this.nobodys = encoder.encode("nobody has this password");
        this.hashing = hashing;
    }

    Mono<String> hash(String password) {
        return hashing(() -> encoder.encode(password));
    }

    /** A new hash of the password where hashes cost more since the account's was made; else empty. */
    Mono<String> costlierHash(String password, Account account) {
        return encoder.upgradeEncoding(account.passwordHash()) ? hash(password) : Mono.empty();
    }

    /** Takes as long for an account that does not exist, so that the time does not tell. */
    Mono<Boolean> matches(String password, @Nullable Account account) {
        String hash = account == null ? nobodys : account.passwordHash();
        return hashing(() -> password.getBytes(UTF_8).length <= PasswordRules.MAX_BYTES
                && encoder.matches(password, hash)
                && account != null);
    }

    private <T> Mono<T> hashing(Callable<T> hash) {
        return Mono.fromCallable(hash)
                .subscribeOn(hashing)
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> new ProblemException(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "Too many passwords are being checked; try again shortly"));
    }
}
