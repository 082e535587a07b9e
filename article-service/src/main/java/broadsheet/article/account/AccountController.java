package broadsheet.article.account;

import broadsheet.web.paging.Page;
import broadsheet.web.precondition.IfMatch;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/accounts")
class AccountController {

    private final Accounts accounts;
    private final PasswordRules rules;
    private final Passwords passwords;
    private final InstantSource clock;

    AccountController(Accounts accounts, PasswordRules rules, Passwords passwords, InstantSource clock) {
        this.accounts = accounts;
        this.rules = rules;
        this.passwords = passwords;
        this.clock = clock;
    }

    @GetMapping
    Mono<Page<AccountResponse>> all() {
        return accounts.all().map(AccountResponse::of).collectList().map(items -> new Page<>(items, null));
    }

    @GetMapping("/{username}")
    Mono<ResponseEntity<AccountResponse>> one(@PathVariable String username) {
        return known(username).map(account -> answer(account, ResponseEntity.ok()));
    }

    @PostMapping
    Mono<ResponseEntity<AccountResponse>> add(@Valid @RequestBody NewAccount request, Authentication admin) {
        rules.check("password", request.password(), request.username());
        return passwords
                .hash(request.password())
                .map(hash -> new Account(
                        request.username(),
                        request.displayName().strip(),
                        hash,
                        Set.copyOf(request.roles()),
                        clock.instant()))
                .flatMap(accounts::add)
                .onErrorMap(
                        DuplicateKeyException.class,
                        e -> new ProblemException(
                                HttpStatus.CONFLICT, "There is an account '" + request.username() + "' already"))
                .doOnNext(added -> AccountAudit.added(added, admin.getName()))
                .map(added -> answer(added, ResponseEntity.created(URI.create("/api/accounts/" + added.username()))));
    }

    @PutMapping("/{username}")
    Mono<ResponseEntity<AccountResponse>> change(
            @PathVariable String username,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody AccountChange request,
            Authentication admin) {
        if (username.equals("admin") && !request.roles().contains(Role.ADMIN)) {
            return Mono.error(new InvalidFieldException("roles", "of 'admin' must keep ADMIN"));
        }
        if (username.equals("admin") && Boolean.TRUE.equals(request.disabled())) {
            return Mono.error(new InvalidFieldException("disabled", "is not for 'admin'"));
        }
        return known(username)
                .doOnNext(account -> IfMatch.required(ifMatch, account.version(), thing(username)))
                .flatMap(account -> passwordHash(account, request)
                        .map(hash -> request.changed(account, hash))
                        .flatMap(changed -> accounts.update(account, changed))
                        .doOnNext(changed -> AccountAudit.changed(account, changed, admin.getName())))
                .switchIfEmpty(Mono.error(() -> IfMatch.stale(thing(username))))
                .map(changed -> answer(changed, ResponseEntity.ok()));
    }

    /** Lets whoever has its name at the issuer now sign in with it, as where it is another person's or they are known anew. */
    @DeleteMapping("/{username}/identity")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> release(@PathVariable String username, Authentication admin) {
        return known(username)
                .filter(account -> account.identity() != null)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "Nobody of an issuer has the account '" + username + "'")))
                .flatMap(account -> accounts.update(account, account.released())
                        .doOnNext(changed -> AccountAudit.changed(account, changed, admin.getName())))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, thing(username) + " was changed at the same time; try again")))
                .then();
    }

    private Mono<Account> known(String username) {
        return accounts.byUsername(username)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "There is no account '" + username + "'")));
    }

    private Mono<String> passwordHash(Account account, AccountChange request) {
        if (request.password() == null) {
            return Mono.just(account.passwordHash());
        }
        rules.check("password", request.password(), account.username());
        return passwords.hash(request.password());
    }

    private static ResponseEntity<AccountResponse> answer(Account account, ResponseEntity.BodyBuilder response) {
        return response.eTag(Long.toString(account.version())).body(AccountResponse.of(account));
    }

    private static String thing(String username) {
        return "Account '" + username + "'";
    }
}
