package broadsheet.article.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator makes of an account. A password that is absent stays as it is.
 *
 * @param disabled whether they can no longer sign in, which ends their sessions; absent means no
 */
record AccountChange(
        @NotBlank @Size(max = 100) String displayName,
        @Nullable String password,
        @NotEmpty List<@NotNull Role> roles,
        @Nullable Boolean disabled) {

    Account changed(Account account, String passwordHash) {
        return account.changed(displayName.strip(), passwordHash, Set.copyOf(roles), Boolean.TRUE.equals(disabled));
    }

    @Override
    public String toString() {
        return "AccountChange[" + roles + "]";
    }
}
