package broadsheet.article.account.oidc;

import static java.util.stream.Collectors.toUnmodifiableSet;

import broadsheet.article.account.OidcProperties;
import broadsheet.article.account.Role;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which roles of ours somebody's claims are. */
record ClaimedRoles(String claim, Map<String, Role> byName) {

    static ClaimedRoles of(OidcProperties properties) {
        return new ClaimedRoles(properties.rolesClaim(), properties.rolesByName());
    }

    /** None where there is no such claim, or it has none of the names. */
    Set<Role> in(Map<String, Object> claims) {
        return names(value(claims)).map(byName::get).filter(Objects::nonNull).collect(toUnmodifiableSet());
    }

    /** A claim of this very name comes first: some are addresses, and have dots. */
    private @Nullable Object value(Map<String, Object> claims) {
        if (claims.containsKey(claim)) {
            return claims.get(claim);
        }
        Object value = claims;
        for (String step : claim.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return value;
    }

    private static Stream<String> names(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf);
        }
        return value == null ? Stream.empty() : Stream.of(String.valueOf(value));
    }
}
