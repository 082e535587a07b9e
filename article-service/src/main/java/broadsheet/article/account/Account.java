package broadsheet.article.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
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
 * @param identity as whom the issuer knows them; absent where they never signed in there
 * @param sessionsEndedAt when its sessions were last ended; absent where they never were
 */
@Document("accounts")
public record Account(
        @Id String username,
        String displayName,
        String passwordHash,
        Set<Role> roles,
        Instant createdAt,
        @Nullable Boolean disabled,
        @Nullable @Field("version") Long storedVersion,
        @Nullable IssuerIdentity identity,
        @Nullable Instant sessionsEndedAt) {

    Account(String username, String displayName, String passwordHash, Set<Role> roles, Instant createdAt) {
        this(
                username,
                displayName,
                passwordHash,
                roles,
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                false,
                1L,
                null,
                null);
    }

    @PersistenceCreator
    public Account {}

    public boolean isDisabled() {
        return Boolean.TRUE.equals(disabled);
    }

    /** What a client names in {@code If-Match}. */
    long version() {
        return storedVersion == null ? 0 : storedVersion;
    }

    /** The next version, which says this. */
    Account changed(String displayName, String passwordHash, Set<Role> roles, boolean disabled) {
        return new Account(
                username,
                displayName,
                passwordHash,
                roles,
                createdAt,
                disabled,
                version() + 1,
                identity,
                sessionsEndedAt);
    }

    /** The names of the roles that its API tokens may be used for, none where it is disabled. */
    public List<String> rolesOfApiTokens() {
        return isDisabled()
                ? List.of()
                : roles.stream().map(Role::name).sorted().toList();
    }

    /** The moment that a session's token must not be older than, to the millisecond; each change of roles moves it on. */
    public Instant sessionsValidFrom() {
        return sessionsEndedAt == null ? createdAt : sessionsEndedAt;
    }

    /** The same version without its sessions: later than any of them, also where a clock was ahead when one began. */
    Account withSessionsEnded(Instant now) {
        Instant afterAll = sessionsValidFrom().plusMillis(1);
        Instant endedAt = now.isAfter(afterAll) ? now.truncatedTo(ChronoUnit.MILLIS) : afterAll;
        return new Account(
                username, displayName, passwordHash, roles, createdAt, disabled, storedVersion, identity, endedAt);
    }

    /** Whether a session from before a change can go on: the password, the roles and who it is are the same, and it is as enabled. */
    boolean keepsSessionsOf(Account before) {
        return passwordHash.equals(before.passwordHash)
                && roles.equals(before.roles)
                && Objects.equals(identity, before.identity)
                && isDisabled() == before.isDisabled();
    }

    /** The next version, with this password. */
    Account withPassword(String passwordHash) {
        return changed(displayName, passwordHash, roles, isDisabled());
    }

    /** The next version, of nobody whom an issuer knows. */
    Account released() {
        return changed(displayName, passwordHash, roles, isDisabled()).withIdentity(null);
    }

    /** The same version, of whoever the issuer knows so; of nobody there where that is null. */
    Account withIdentity(@Nullable IssuerIdentity identity) {
        return new Account(
                username,
                displayName,
                passwordHash,
                roles,
                createdAt,
                disabled,
                storedVersion,
                identity,
                sessionsEndedAt);
    }

    @Override
    public String toString() {
        return "Account[" + username + ", " + roles + "]";
    }
}
