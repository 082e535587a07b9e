package broadsheet.article.account;

import java.time.Instant;
import java.util.Set;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** Someone who works in the newsroom. */
@Document("accounts")
public record Account(
        @Id String username, String displayName, String passwordHash, Set<Role> roles, Instant createdAt) {

    @Override
    public String toString() {
        return "Account[" + username + ", " + roles + "]";
    }
}
