package broadsheet.article.account;

import broadsheet.web.audit.AuditEntry;
import broadsheet.web.connection.ClientAddress;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What happens to accounts and sessions, in the audit trail; never a password. */
final class AccountAudit {

    private AccountAudit() {}

    static void signedIn(Account account, ServerHttpRequest request) {
        AuditEntry.of("signed-in")
                .with("username", account.username())
                .with("roles", names(account.roles()))
                .with("address", ClientAddress.of(request))
                .log();
    }

    static void signedOut(String username, ServerHttpRequest request) {
        entry("signed-out", username, request).log();
    }

    /** A wrong password, to sign in or to change it; the name is whatever was sent. */
    static void failed(String username, ServerHttpRequest request) {
        entry("sign-in-failed", username, request).logUnlessTooMany(ClientAddress.network(request));
    }

    static void throttled(String username, ServerHttpRequest request) {
        entry("sign-in-throttled", username, request).logUnlessTooMany(ClientAddress.network(request));
    }

    static void added(Account account, String by) {
        AuditEntry.of("account-added")
                .with("username", account.username())
                .with("roles", names(account.roles()))
                .with("by", by)
                .log();
    }

    static void changed(Account before, Account after, String by) {
        var entry = AuditEntry.of("account-changed").with("username", after.username());
        if (!before.roles().equals(after.roles())) {
            entry.with("roles", names(before.roles()) + " -> " + names(after.roles()));
        }
        if (before.isDisabled() != after.isDisabled()) {
            entry.with("disabled", before.isDisabled() + " -> " + after.isDisabled());
        }
        if (!before.passwordHash().equals(after.passwordHash())) {
            entry.with("password", "changed");
        }
        if (!before.displayName().equals(after.displayName())) {
            entry.with("displayName", before.displayName() + " -> " + after.displayName());
        }
        if (!Objects.equals(before.identity(), after.identity())) {
            entry.with("identity", subject(before) + " -> " + subject(after));
        }
        entry.with("by", by).log();
    }

    private static String subject(Account account) {
        return account.identity() == null ? "-" : account.identity().subject();
    }

    /** @param change such as {@code enabled} */
    static void secondFactor(String change, String username, String by) {
        AuditEntry.of("second-factor-" + change)
                .with("username", username)
                .with("by", by)
                .log();
    }

    private static AuditEntry entry(String kind, String username, ServerHttpRequest request) {
        return AuditEntry.of(kind).with("username", username).with("address", ClientAddress.of(request));
    }

    private static String names(Set<Role> roles) {
        return String.join(",", new TreeSet<>(roles).stream().map(Role::name).toList());
    }
}
