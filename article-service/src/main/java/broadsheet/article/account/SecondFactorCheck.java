package broadsheet.article.account;

import broadsheet.article.totp.SecondFactors;
import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks for a code where an account has a second factor, once its password was right. */
@Component
class SecondFactorCheck {

    private final SecondFactors factors;

    SecondFactorCheck(SecondFactors factors) {
        this.factors = factors;
    }

    /** The account; empty where the code is wrong, 401 that names it where it is missing. */
    Mono<Account> passed(Account account, @Nullable String code) {
        return factors.confirmed(account.username())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(factor -> {
                    if (factor.isEmpty()) {
                        return Mono.just(account);
                    }
                    return code == null || code.isBlank()
                            ? Mono.error(missing())
                            : factors.use(factor.get(), code)
                                    .filter(right -> right)
                                    .map(right -> account);
                });
    }

    private static ProblemException missing() {
        var missing = new ProblemException(
                HttpStatus.UNAUTHORIZED, "This account has a second factor: send its code, or a recovery code");
        missing.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        missing.getBody().setProperty("errors", List.of(new FieldError("code", "is missing")));
        return missing;
    }
}
