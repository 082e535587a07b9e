package broadsheet.article.account;

import broadsheet.article.totp.RecoveryCodes;
import broadsheet.article.totp.SecondFactors;
import broadsheet.article.totp.TotpSecret;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Everyone has a second factor or none; whoever lost device and recovery codes needs an administrator. */
@RestController
class SecondFactorController {

    private final SecondFactors factors;
    private final PasswordCheck check;
    private final Environment settings;
    private final RandomGenerator random = new SecureRandom();

    SecondFactorController(SecondFactors factors, PasswordCheck check, Environment settings) {
        this.factors = factors;
        this.check = check;
        this.settings = settings;
    }

    @GetMapping("/api/session/totp")
    Mono<Standing> standing(Authentication session) {
        return factors.confirmed(session.getName())
                .map(factor -> new Standing(true, factor.recoveryHashes().size()))
                .defaultIfEmpty(new Standing(false, 0));
    }

    /** A new secret, which is asked for once its first code was sent; by the password, as whoever finds a session open must not lock its owner out. */
    @PostMapping("/api/session/totp")
    Mono<Enrolment> enrol(@Valid @RequestBody Password again, Authentication session, ServerHttpRequest request) {
        String issuer = settings.getProperty("broadsheet.site.name", "Broadsheet");
        return check.passed(session.getName(), again.password, request)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("password", "is not your password")))
                .flatMap(account ->
                        Mono.fromCallable(() -> TotpSecret.random(random)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(secret -> factors.begin(session.getName(), secret)
                        .map(begun -> new Enrolment(secret.text(), secret.uri(issuer, session.getName()))))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, "You have a second factor; remove it before you set up another")));
    }

    @PutMapping("/api/session/totp")
    Mono<Confirmed> confirm(@Valid @RequestBody Code code, Authentication session) {
        return factors.of(session.getName())
                .filter(factor -> !factor.isConfirmed())
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, "There is no secret to confirm: POST /api/session/totp")))
                .flatMap(begun -> Mono.fromCallable(() -> RecoveryCodes.random(random))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(codes -> factors.confirm(begun, code.code, codes)
                                .filter(right -> right)
                                .map(right -> new Confirmed(codes))))
                .switchIfEmpty(Mono.error(SecondFactorController::wrongCode))
                .doOnNext(confirmed -> AccountAudit.secondFactor("enabled", session.getName(), session.getName()));
    }

    /** By password and code, so that a session that was left open is not enough; guesses of both are one attempt. */
    @PostMapping("/api/session/totp/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@Valid @RequestBody Removal removal, Authentication session, ServerHttpRequest request) {
        String username = session.getName();
        return factors.confirmed(username)
                .switchIfEmpty(Mono.error(() -> new ProblemException(HttpStatus.CONFLICT, "You have no second factor")))
                .flatMap(factor -> check.passed(
                        username,
                        removal.password,
                        account -> factors.use(factor, removal.code)
                                .filter(right -> right)
                                .map(right -> account),
                        request))
                .switchIfEmpty(Mono.error(
                        () -> new InvalidFieldException("password", "is wrong, or the code is, or was used")))
                .flatMap(account -> factors.remove(username))
                .doOnNext(removed -> AccountAudit.secondFactor("disabled", username, username))
                .then();
    }

    @DeleteMapping("/api/accounts/{username}/totp")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> reset(@PathVariable String username, Authentication admin) {
        return factors.remove(username)
                .filter(removed -> removed)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "There is no second factor of an account '" + username + "'")))
                .doOnNext(removed -> AccountAudit.secondFactor("reset", username, admin.getName()))
                .then();
    }

    private static InvalidFieldException wrongCode() {
        return new InvalidFieldException("code", "is wrong, or was used");
    }

    record Code(@NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Code[]";
        }
    }

    record Password(@NotBlank @Size(max = 200) String password) {
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Removal(
            @NotBlank @Size(max = 200) String password,
            @NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Removal[]";
        }
    }

    record Standing(boolean enabled, int recoveryCodesLeft) {}

    /** @param secret in base32, the same as in {@code uri}, which is for a QR code */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }

    record Confirmed(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "Confirmed[]";
        }
    }
}
