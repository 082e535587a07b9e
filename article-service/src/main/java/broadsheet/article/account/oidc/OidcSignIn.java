package broadsheet.article.account.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.account.Account;
import broadsheet.article.account.IssuerAccounts;
import broadsheet.article.account.IssuerIdentity;
import broadsheet.article.account.OidcProperties;
import broadsheet.article.account.Role;
import broadsheet.article.account.SessionStart;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes whom the issuer knows an account of ours, with the roles that it says now, and begins a session. */
final class OidcSignIn implements ServerAuthenticationSuccessHandler, ServerAuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
    private static final int MAX_NAME = 100;

    /** From a page of ours, since a browser that comes from the issuer does not bring a SameSite=Strict cookie along. */
    private static final byte[] GO_ON = """
            <!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Signed in</title>
            <p><a href="/">Go on</a></p>
            """.getBytes(UTF_8);

    private final OidcProperties properties;
    private final ClaimedRoles roles;
    private final IssuerAccounts accounts;
    private final SessionStart sessions;
    private final ProblemWriter problems;
    private final IssuerOutage outage;

    OidcSignIn(
            OidcProperties properties,
            IssuerAccounts accounts,
            SessionStart sessions,
            ProblemWriter problems,
            IssuerOutage outage) {
        this.properties = properties;
        this.roles = ClaimedRoles.of(properties);
        this.accounts = accounts;
        this.sessions = sessions;
        this.problems = problems;
        this.outage = outage;
    }

    @Override
    public Mono<Void> onAuthenticationSuccess(WebFilterExchange filter, Authentication who) {
        ServerWebExchange exchange = filter.getExchange();
        return Mono.fromCallable(() -> claimed((OidcUser) Objects.requireNonNull(who.getPrincipal())))
                .doOnNext(claimed -> outage.over())
                .flatMap(claimed -> accounts.of(claimed.identity)
                        .map(Account::username)
                        .defaultIfEmpty(claimed.username)
                        .map(sessions::validFrom)
                        .flatMap(endedBefore -> account(claimed)
                                .publishOn(Schedulers.boundedElastic())
                                .flatMap(account -> goOn(account, endedBefore, exchange))))
                .onErrorResume(
                        ProblemException.class, e -> problems.write(exchange.getRequest(), exchange.getResponse(), e));
    }

    @Override
    public Mono<Void> onAuthenticationFailure(WebFilterExchange filter, AuthenticationException e) {
        ServerWebExchange exchange = filter.getExchange();
        if (IssuerOutage.isWhy(e)) {
            return outage.answer(exchange, e);
        }
        log.info("Signing in at the issuer failed: {}", e.toString());
        AuditEntry.of("sign-in-failed")
                .with("username", "-")
                .with("address", ClientAddress.of(exchange.getRequest()))
                .logUnlessTooMany(ClientAddress.network(exchange.getRequest()));
        return problems.write(exchange, HttpStatus.UNAUTHORIZED, "Signing in failed; begin again at /login");
    }

    private Mono<Void> goOn(Account account, Instant endedBefore, ServerWebExchange exchange) {
        AuditEntry.of("signed-in")
                .with("username", account.username())
                .with("roles", String.join(",", account.rolesOfApiTokens()))
                .with("address", ClientAddress.of(exchange.getRequest()))
                .log();
        ServerHttpResponse response = exchange.getResponse();
        response.addCookie(
                sessions.begin(account, endedBefore, exchange.getRequest()).cookie());
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(new MediaType(MediaType.TEXT_HTML, UTF_8));
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(GO_ON)));
    }

    private Claimed claimed(OidcUser user) {
        Map<String, Object> claims = user.getClaims();
        if (!(claims.get(properties.usernameClaim()) instanceof String named)
                || !USERNAME.matcher(named).matches()) { // before its case is lost: K, for kelvins, has a k
            throw refused("The issuer names you by nothing that can be a username here");
        }
        String username = named.toLowerCase(Locale.ROOT);
        String name = user.getFullName() == null || user.getFullName().isBlank()
                ? username
                : user.getFullName().strip();
        return new Claimed(
                identity(user),
                username,
                name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name,
                roles.in(claims));
    }

    private static IssuerIdentity identity(OidcUser user) {
        return new IssuerIdentity(
                String.valueOf(user.getIdToken().getIssuer()),
                String.valueOf(user.getIdToken().getSubject()));
    }

    private Mono<Account> account(Claimed claimed) {
        if (claimed.roles.isEmpty()) {
            return accounts.lostRoles(claimed.identity, claimed.username)
                    .then(Mono.error(() -> refused("The issuer gives you no role here")));
        }
        return accounts.signedIn(claimed.identity, claimed.username, claimed.name, claimed.roles)
                .filter(account -> !account.isDisabled())
                .switchIfEmpty(Mono.error(() -> refused("Your account is disabled")));
    }

    private static ProblemException refused(String why) {
        return new ProblemException(HttpStatus.FORBIDDEN, why);
    }

    private record Claimed(IssuerIdentity identity, String username, String name, Set<Role> roles) {}
}
