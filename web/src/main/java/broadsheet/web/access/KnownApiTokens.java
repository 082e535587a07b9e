package broadsheet.web.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import broadsheet.events.StaffSessionsEnded;
import broadsheet.events.StaffTokenIssued;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The API tokens by their hash, and what their accounts may do, in memory: some 500 bytes a token. Events come in any order and
 * as often as they like; none makes a token good that another one revoked.
 */
final class KnownApiTokens {

    /** The claim with the token's id, which no session has. */
    static final String TOKEN_ID = "token_id";

    /** The claim with the roles for calls that change something; those of {@link SessionTokens#ROLES} are for reading. */
    static final String WRITING_ROLES = "writing_roles";

    private final Map<String, StaffTokenIssued> tokens = new ConcurrentHashMap<>();
    private final Map<String, Roles> roles = new ConcurrentHashMap<>();

    void apply(StaffTokenIssued issued) {
        roles.merge(issued.username(), new Roles(issued.roles(), issued.rolesAsOf()), Roles::newer);
        tokens.merge(issued.tokenHash(), issued, KnownApiTokens::firstExpired);
    }

    void apply(StaffSessionsEnded ended) {
        if (ended.roles() != null) {
            roles.merge(ended.username(), new Roles(ended.roles(), ended.validFrom()), Roles::newer);
        }
    }

    /** What a token says now, in the form of a session's: empty where it is none, expired or revoked, or its account has no role that it is for. */
    Optional<Jwt> find(String text, Instant now) {
        var secret = new ApiTokenSecret(text);
        return secret.isWellFormed()
                ? Optional.ofNullable(tokens.get(secret.hash()))
                        .filter(token -> token.expiresAt() == null || now.isBefore(token.expiresAt()))
                        .flatMap(token -> claims(token, text))
                : Optional.empty();
    }

    private Optional<Jwt> claims(StaffTokenIssued token, String text) {
        Set<String> ofAccount =
                reachable(roles.getOrDefault(token.username(), Roles.NONE).names());
        List<String> reading = allowed(token, ApiTokenScope::reading, ofAccount);
        if (reading.isEmpty()) { // nor any for writing: whoever is known at all sees drafts
            return Optional.empty();
        }
        var claims = Jwt.withTokenValue(text)
                .header("typ", "api-token")
                .subject(token.username())
                .claim(TOKEN_ID, token.tokenId())
                .claim(SessionTokens.ROLES, reading)
                .claim(WRITING_ROLES, allowed(token, ApiTokenScope::writing, ofAccount));
        if (token.expiresAt() != null) {
            claims.expiresAt(token.expiresAt());
        }
        return Optional.of(claims.build());
    }

    private static List<String> allowed(
            StaffTokenIssued token, Function<ApiTokenScope, Set<String>> roles, Set<String> ofAccount) {
        Set<String> ofScopes = reachable(token.scopes().stream()
                .flatMap(scope -> ApiTokenScope.of(scope).stream())
                .flatMap(scope -> roles.apply(scope).stream())
                .toList());
        return ofScopes.stream().filter(ofAccount::contains).sorted().toList();
    }

    private static Set<String> reachable(List<String> roles) {
        return StaffRoles.authorities(roles).stream().map(StaffRoles::name).collect(toUnmodifiableSet());
    }

    /** One that was revoked stays so. */
    private static StaffTokenIssued firstExpired(StaffTokenIssued one, StaffTokenIssued other) {
        return expiry(other).isBefore(expiry(one)) ? other : one;
    }

    private static Instant expiry(StaffTokenIssued token) {
        @Nullable Instant expiresAt = token.expiresAt();
        return expiresAt == null ? Instant.MAX : expiresAt;
    }

    private record Roles(List<String> names, Instant asOf) {

        static final Roles NONE = new Roles(List.of(), Instant.EPOCH);

        Roles newer(Roles other) {
            return other.asOf.isBefore(asOf) ? this : other;
        }
    }
}
