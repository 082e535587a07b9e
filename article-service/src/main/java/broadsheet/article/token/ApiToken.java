package broadsheet.article.token;

import broadsheet.article.account.Account;
import broadsheet.events.StaffTokenIssued;
import broadsheet.web.access.ApiTokenScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a program calls the API with, in the name of an account and for some of what that may do.
 *
 * @param hash SHA-256 of its text, in hexadecimal; the text is not kept
 * @param name what its owner calls it
 * @param expiresAt absent where it counts until it is revoked
 * @param revokedAt absent where it was not
 */
@Document("api_tokens")
record ApiToken(
        @Id String id,
        String hash,
        String username,
        String name,
        List<ApiTokenScope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** @param owner as the store has it now */
    StaffTokenIssued toEvent(Account owner) {
        return new StaffTokenIssued(
                hash,
                id,
                username,
                owner.rolesOfApiTokens(),
                owner.sessionsValidFrom(),
                scopes.stream().map(ApiTokenScope::text).toList(),
                revokedAt == null ? expiresAt : Instant.EPOCH);
    }

    ApiToken revoked(Instant now) {
        return new ApiToken(id, hash, username, name, scopes, createdAt, expiresAt, now);
    }

    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "ApiToken[" + id + " of " + username + "]";
    }
}
