package broadsheet.article.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Someone who works in the newsroom.
 *
 * @param disabled whether they can no longer sign in; absent from the documents of earlier versions
 */
@Document("accounts")
public record Account(
        @Id String username,
        String displayName,
        String passwordHash,
        Set<Role> roles,
        Instant createdAt,
        @Nullable Boolean disabled) {

    Account(String username, String displayName, String passwordHash, Set<Role> roles, Instant createdAt) {
        this(username, displayName, passwordHash, roles, createdAt, false);
    }

    @PersistenceCreator
    public Account {}

    boolean isDisabled() {
        return Boolean.TRUE.equals(disabled);
    }

    @Override
    public String toString() {
        return "Account[" + username + ", " + roles + "]";
    }
}
