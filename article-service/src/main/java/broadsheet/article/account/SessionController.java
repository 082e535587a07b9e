package broadsheet.article.account;

import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/session")
class SessionController {

    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final SecondFactorCheck secondFactor;
    private final SignInAttempts attempts;
    private final KnownNetworks networks;
    private final SessionStart starts;
    private final OidcProperties oidc;

    SessionController(
            Accounts accounts,
            Passwords passwords,
            PasswordRules rules,
            SecondFactorCheck secondFactor,
            SignInAttempts attempts,
            KnownNetworks networks,
            SessionStart starts,
            OidcProperties oidc) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.secondFactor = secondFactor;
        this.attempts = attempts;
        this.networks = networks;
        this.starts = starts;
        this.oidc = oidc;
    }

    @PostMapping
    Mono<ResponseEntity<SignedIn>> signIn(@Valid @RequestBody Credentials credentials, ServerHttpRequest request) {
        passwordsCount();
        // asked first: an end of the sessions while the password is checked ends this one too
        Instant endedBefore = starts.validFrom(credentials.username);
        return authenticated(
                        credentials.username,
                        credentials.password,
                        account -> secondFactor.passed(account, credentials.code),
                        request)
                .delayUntil(account -> passwords
                        .costlierHash(credentials.password, account)
                        .flatMap(hash -> accounts.rehash(account, hash)))
                .doOnNext(account -> AccountAudit.signedIn(account, request))
                .map(account -> signedIn(account, endedBefore, request))
                .switchIfEmpty(Mono.error(() -> wrong(credentials.code)));
    }

    private void passwordsCount() {
        if (oidc.isOn()) {
            throw new ProblemException(HttpStatus.CONFLICT, "There are no passwords here: sign in at /login");
        }
    }

    private static ProblemException wrong(@Nullable String code) {
        var wrong = new ProblemException(
                HttpStatus.UNAUTHORIZED,
                code == null ? "Wrong username or password" : "Wrong username, password or code");
        wrong.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return wrong;
    }

    /** Changes one's own password, which ends all sessions of the account, this one too. */
    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> changePassword(
            @Valid @RequestBody PasswordChange change, Authentication session, ServerHttpRequest request) {
        passwordsCount();
        String username = session.getName();
        String replacement = change.checked(rules, username);
        return authenticated(username, change.current, Mono::just, request)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("current", "is not your password")))
                .flatMap(account -> passwords
                        .hash(replacement)
                        .flatMap(hash -> accounts.update(account, account.withPassword(hash)))
                        .doOnNext(changed -> AccountAudit.changed(account, changed, username)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, "Your account was changed at the same time; try again")))
                .then();
    }

    /**
     * Empty where the password is wrong, there is no such account or it does not pass.
     *
     * @param further what an account has to pass once its password was right; counts as a part of the attempt
     */
    private Mono<Account> authenticated(
            String username, String password, Function<Account, Mono<Account>> further, ServerHttpRequest request) {
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

    @GetMapping
    WhoAmI whoAmI(@AuthenticationPrincipal Jwt jwt) {
        return new WhoAmI(
                Objects.requireNonNull(jwt.getSubject()),
                Objects.requireNonNullElse(jwt.getClaimAsStringList("roles"), List.of()),
                jwt.getExpiresAt());
    }

    /** Ends all sessions of the account, on every device; the browser forgets its token. */
    @DeleteMapping
    Mono<ResponseEntity<Void>> signOut(Authentication session, ServerHttpRequest request) {
        return accounts.endSessions(session.getName())
                .doOnSuccess(done -> AccountAudit.signedOut(session.getName(), request))
                .thenReturn(ResponseEntity.noContent()
                        .header(HttpHeaders.SET_COOKIE, starts.noCookie(request).toString())
                        .build());
    }

    private ResponseEntity<SignedIn> signedIn(Account account, Instant endedBefore, ServerHttpRequest request) {
        SessionStart.Begun begun = starts.begin(account, endedBefore, request);
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, begun.cookie().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new SignedIn(begun.token(), begun.expiresAt(), account.username(), begun.roles()));
    }

    /** @param code of the second factor, or a recovery code; for accounts that have one */
    record Credentials(
            @NotBlank @Size(max = 64) String username,
            @NotBlank @Size(max = 200) String password,
            @Nullable @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    record PasswordChange(
            @NotNull @Size(max = 200) String current,
            @JsonProperty("new") @Nullable String replacement) {

        String checked(PasswordRules rules, String username) {
            if (replacement == null) {
                throw new InvalidFieldException("new", "is missing");
            }
            rules.check("new", replacement, username);
            return replacement;
        }

        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    record SignedIn(String token, Instant expiresAt, String username, List<String> roles) {}

    /** An API token may count for good. */
    record WhoAmI(
            String username, List<String> roles, @Nullable Instant expiresAt) {}
}
