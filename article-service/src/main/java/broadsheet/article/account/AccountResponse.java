package broadsheet.article.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account as administrators see it. The version is the ETag of the account, which a change from a list names in {@code If-Match}. */
record AccountResponse(
        String username,
        String displayName,
        Set<Role> roles,
        Instant createdAt,
        boolean disabled,
        @Nullable IssuerIdentity identity,
        long version) {

    static AccountResponse of(Account account) {
        return new AccountResponse(
                account.username(),
                account.displayName(),
                account.roles(),
                account.createdAt(),
                account.isDisabled(),
                account.identity(),
                account.version());
    }
}
