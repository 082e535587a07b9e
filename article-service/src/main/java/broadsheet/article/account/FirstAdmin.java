package broadsheet.article.account;

import broadsheet.store.StoreAtStart;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds the account {@code admin} where there is none at all, and logs its password where nobody chose one. */
@Component
class FirstAdmin implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final AccountProperties properties;
    private final OidcProperties oidc;
    private final InstantSource clock;

    FirstAdmin(
            Accounts accounts,
            PasswordRules rules,
            Passwords passwords,
            AccountProperties properties,
            OidcProperties oidc,
            InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.properties = properties;
        this.oidc = oidc;
        this.clock = clock;
        if (!properties.adminPassword().isBlank()) {
            rules.check("BROADSHEET_ADMIN_PASSWORD", properties.adminPassword(), "admin");
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (oidc.isOn()) {
            return; // who is an administrator is the issuer's to say
        }
        String chosen = properties.adminPassword();
        String password = chosen.isBlank() ? generated() : chosen;
        AtomicBoolean tried = new AtomicBoolean();
        Mono<Account> admin = passwords
                .hash(password)
                .map(hash -> new Account("admin", "Administrator", hash, Set.of(Role.ADMIN), clock.instant()))
                .doOnNext(made -> tried.set(true))
                .cache();
        StoreAtStart.await(accounts.isEmpty()
                .filter(empty -> empty || tried.get())
                .flatMap(missing -> admin)
                .flatMap(this::add)
                .doOnNext(added -> {
                    AccountAudit.added(added, "the first start");
                    if (chosen.isBlank()) {
                        log.info("The first account is 'admin' with the password {}", password);
                    }
                }));
    }

    /** Also where the store added it before without an answer; empty where another instance was first. */
    private Mono<Account> add(Account admin) {
        return accounts.add(admin)
                .onErrorResume(
                        DuplicateKeyException.class,
                        e -> accounts.byUsername(admin.username())
                                .filter(stored -> stored.passwordHash().equals(admin.passwordHash())));
    }

    private static String generated() {
        var bytes = new byte[15];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
