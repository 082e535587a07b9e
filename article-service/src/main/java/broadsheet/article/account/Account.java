package broadsheet.article.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * Someone who works in the newsroom.
 *
 * @param disabled whether they can no longer sign in; absent from the documents of earlier releases
 * @param storedVersion goes up with each change; absent from the documents of earlier releases
 */
@Document("accounts")
public record Account(
        @Id String username,
        String displayName,
        String passwordHash,
        Set<Role> roles,
        Instant createdAt,
        @Nullable Boolean disabled,
        @Nullable @Field("version") Long storedVersion) {

    Account(String username, String displayName, String passwordHash, Set<Role> roles, Instant createdAt) {
        this(username, displayName, passwordHash, roles, createdAt, false, 1L);
    }

    @PersistenceCreator
    public Account {}

    boolean isDisabled() {
        return Boolean.TRUE.equals(disabled);
    }

    /** What a client names in {@code If-Match}. */
    long version() {
        return storedVersion == null ? 0 : storedVersion;
    }

    /** The next version, which says this. */
    Account changed(String displayName, String passwordHash, Set<Role> roles, boolean disabled) {
        return new Account(username, displayName, passwordHash, roles, createdAt, disabled, version() + 1);
    }

    /** The next version, with this password. */
    Account withPassword(String passwordHash) {
        return changed(displayName, passwordHash, roles, isDisabled());
    }

    @Override
    public String toString() {
        return "Account[" + username + ", " + roles + "]";
    }
}
