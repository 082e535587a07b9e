package broadsheet.article.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Passwords as BCrypt hashes, worked out away from the event loop. */
@Component
class Passwords {

    private static final int MIN_CHARACTERS = 8;
    /** BCrypt reads no further. */
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder = new BCryptPasswordEncoder();
    private final String nobodys = encoder.encode("nobody has this password");

    Mono<String> hash(String password) {
        if (password.length() < MIN_CHARACTERS || password.getBytes(UTF_8).length > MAX_BYTES) {
            return Mono.error(new InvalidFieldException(
                    "password",
                    "must have " + MIN_CHARACTERS + " characters or more, and " + MAX_BYTES + " bytes or less"));
        }
        return Mono.fromCallable(() -> encoder.encode(password)).subscribeOn(Schedulers.boundedElastic());
    }

    /** Takes as long for an account that does not exist, so that the time does not tell. */
    Mono<Boolean> matches(String password, @Nullable Account account) {
        String hash = account == null ? nobodys : account.passwordHash();
        return Mono.fromCallable(() -> password.getBytes(UTF_8).length <= MAX_BYTES
                        && encoder.matches(password, hash)
                        && account != null)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
