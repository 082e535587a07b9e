package broadsheet.article.token;

import broadsheet.article.account.Account;
import broadsheet.article.account.Accounts;
import broadsheet.web.access.ApiTokenScope;
import broadsheet.web.access.ApiTokenSecret;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.validation.Valid;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Everyone makes and revokes tokens of their own; an administrator sees and revokes anyone's. */
@RestController
@RequestMapping("/api/tokens")
class ApiTokenController {

    private static final int MOST_OF_AN_ACCOUNT = 100;
    private static final int MOST_OF_A_DAY = 150;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LATER = Duration.ofHours(1);

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final InstantSource clock;
    private final RandomGenerator random = new SecureRandom();

    ApiTokenController(ApiTokens tokens, Accounts accounts, InstantSource clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    @PostMapping
    Mono<ResponseEntity<ApiTokenResponse>> issue(@Valid @RequestBody NewApiToken request, Authentication session) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = request.end(now);
        return accounts.byUsername(session.getName())
                .filter(owner -> !owner.isDisabled())
                .switchIfEmpty(Mono.error(() -> new ProblemException(HttpStatus.CONFLICT, "Your account is disabled")))
                .delayUntil(this::mayHaveOneMore)
                .flatMap(owner -> secret().flatMap(secret -> tokens.add(
                                new ApiToken(
                                        UuidCreator.getTimeOrderedEpoch().toString(),
                                        secret.hash(),
                                        owner.username(),
                                        request.name().strip(),
                                        request.scopes().stream()
                                                .distinct()
                                                .sorted()
                                                .toList(),
                                        now,
                                        expiresAt,
                                        null),
                                owner)
                        .doOnNext(ApiTokenController::auditIssued)
                        .map(token -> ResponseEntity.created(URI.create("/api/tokens/" + token.id()))
                                .body(ApiTokenResponse.issued(token, secret)))));
    }

    /** Counted before: of many at the same time some more may come about. */
    private Mono<Void> mayHaveOneMore(Account owner) {
        return tokens.of(owner.username())
                .count()
                .filter(count -> count >= MOST_OF_AN_ACCOUNT)
                .<Void>flatMap(many -> Mono.error(new ProblemException(
                        HttpStatus.CONFLICT,
                        "You have " + MOST_OF_AN_ACCOUNT + " tokens; revoke one before you make another")))
                .then(Mono.defer(() ->
                        tokens.countMadeSince(owner.username(), clock.instant().minus(DAY))))
                .filter(count -> count >= MOST_OF_A_DAY)
                .flatMap(many -> Mono.error(ProblemException.tooManyRequests(
                        "You have made " + MOST_OF_A_DAY + " tokens within a day; make the next one later", LATER)));
    }

    private Mono<ApiTokenSecret> secret() {
        return Mono.fromCallable(() -> ApiTokenSecret.random(random)).subscribeOn(Schedulers.boundedElastic());
    }

    /** @param username whose; one's own where it is absent */
    @GetMapping
    Mono<Page<ApiTokenResponse>> list(
            @RequestParam(required = false) @Nullable String username, Authentication session) {
        if (username != null && !username.equals(session.getName()) && !isAdmin(session)) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "Others' tokens are for administrators");
        }
        return tokens.of(username == null ? session.getName() : username)
                .map(ApiTokenResponse::listed)
                .collectList()
                .map(items -> new Page<>(items, null));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> revoke(@PathVariable String id, Authentication session) {
        return tokens.unrevoked(id)
                .filter(token -> token.username().equals(session.getName()) || isAdmin(session))
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "You have no token '" + id + "'")))
                .flatMap(tokens::revoke)
                .doOnNext(revoked -> AuditEntry.of("token-revoked")
                        .with("token", revoked.id())
                        .with("username", revoked.username())
                        .with("by", session.getName())
                        .log())
                .then();
    }

    private static boolean isAdmin(Authentication session) {
        return session.getAuthorities().stream().anyMatch(role -> "ROLE_ADMIN".equals(role.getAuthority()));
    }

    private static void auditIssued(ApiToken token) {
        AuditEntry.of("token-issued")
                .with("token", token.id())
                .with("name", token.name())
                .with(
                        "scopes",
                        String.join(
                                ",",
                                token.scopes().stream().map(ApiTokenScope::text).toList()))
                .with("expiresAt", token.expiresAt() == null ? "never" : token.expiresAt())
                .with("by", token.username())
                .log();
    }
}
