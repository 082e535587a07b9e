package broadsheet.article.account;

import broadsheet.web.access.SessionProperties;
import broadsheet.web.access.SessionTokens;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
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
    private final SignInFailures failures;
    private final SessionTokens tokens;
    private final SessionProperties properties;

    SessionController(
            Accounts accounts,
            Passwords passwords,
            SignInFailures failures,
            SessionTokens tokens,
            SessionProperties properties) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.failures = failures;
        this.tokens = tokens;
        this.properties = properties;
    }

    @PostMapping
    Mono<ResponseEntity<SignedIn>> signIn(@Valid @RequestBody Credentials credentials, ServerHttpRequest request) {
        String who = credentials.username + " " + address(request);
        Duration wait = failures.wait(who);
        if (!wait.isZero()) {
            return Mono.error(slowDown(wait));
        }
        return accounts.enabledByUsername(credentials.username)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .filterWhen(account -> passwords.matches(credentials.password, account.orElse(null)))
                .map(Optional::orElseThrow)
                .doOnNext(account -> failures.succeeded(who))
                .map(account -> signedIn(account, request))
                .switchIfEmpty(Mono.error(() -> {
                    failures.failed(who);
                    return new ProblemException(HttpStatus.UNAUTHORIZED, "Wrong username or password");
                }));
    }

    @GetMapping
    WhoAmI whoAmI(@AuthenticationPrincipal Jwt jwt) {
        return new WhoAmI(
                Objects.requireNonNull(jwt.getSubject()),
                Objects.requireNonNullElse(jwt.getClaimAsStringList("roles"), List.of()),
                Objects.requireNonNull(jwt.getExpiresAt()));
    }

    /** The browser forgets the token; one that was copied elsewhere stays good until it expires. */
    @DeleteMapping
    ResponseEntity<Void> signOut(ServerHttpRequest request) {
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie("", Duration.ZERO, request).toString())
                .build();
    }

    private ResponseEntity<SignedIn> signedIn(Account account, ServerHttpRequest request) {
        List<String> roles = account.roles().stream().map(Role::name).sorted().toList();
        Jwt jwt = tokens.issue(account.username(), roles);
        Instant expiresAt = Objects.requireNonNull(jwt.getExpiresAt());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie(jwt.getTokenValue(), properties.lifetime(), request)
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new SignedIn(jwt.getTokenValue(), expiresAt, account.username(), roles));
    }

    private ResponseCookie cookie(String token, Duration age, ServerHttpRequest request) {
        return ResponseCookie.from(SessionTokens.COOKIE, token)
                .httpOnly(true)
                .sameSite("Strict")
                .secure(properties.secureCookie()
                        || "https".equals(request.getURI().getScheme()))
                .path("/")
                .maxAge(age)
                .build();
    }

    private static ProblemException slowDown(Duration wait) {
        var problem = new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "Too many failures; try again later");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
        return problem;
    }

    private static String address(ServerHttpRequest request) {
        var address = request.getRemoteAddress();
        return address == null || address.getAddress() == null
                ? ""
                : address.getAddress().getHostAddress();
    }

    record Credentials(
            @NotBlank @Size(max = 64) String username,
            @NotBlank @Size(max = 200) String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    record SignedIn(String token, Instant expiresAt, String username, List<String> roles) {}

    record WhoAmI(String username, List<String> roles, Instant expiresAt) {}
}
