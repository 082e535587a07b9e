package broadsheet.article.account;

import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/session")
class SessionController {

    private final Accounts accounts;
    private final Passwords passwords;
    private final SecondFactorCheck secondFactor;
    private final PasswordCheck check;
    private final SessionStart starts;

    SessionController(
            Accounts accounts,
            Passwords passwords,
            SecondFactorCheck secondFactor,
            PasswordCheck check,
            SessionStart starts) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.check = check;
        this.starts = starts;
    }

    @PostMapping
    Mono<ResponseEntity<SignedIn>> signIn(@Valid @RequestBody Credentials credentials, ServerHttpRequest request) {
        // asked first: an end of the sessions while the password is checked ends this one too
        Instant endedBefore = starts.validFrom(credentials.username);
        return check.passed(
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

    private static ProblemException wrong(@Nullable String code) {
        var wrong = new ProblemException(
                HttpStatus.UNAUTHORIZED,
                code == null ? "Wrong username or password" : "Wrong username, password or code");
        wrong.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return wrong;
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

    record SignedIn(String token, Instant expiresAt, String username, List<String> roles) {}

    /** An API token may count for good. */
    record WhoAmI(
            String username, List<String> roles, @Nullable Instant expiresAt) {}
}
