package broadsheet.article.token;

import broadsheet.web.access.ApiTokenScope;
import broadsheet.web.problem.InvalidFieldException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param expiresAt absent where it counts until it is revoked */
record NewApiToken(
        @NotBlank @Size(max = 100) String name,
        @NotEmpty @Size(max = 20) List<@NotNull ApiTokenScope> scopes,
        @Nullable Instant expiresAt) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws InvalidFieldException where it would have ended already */
    @Nullable Instant end(Instant now) {
        if (expiresAt == null) {
            return null;
        }
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(LATEST)) {
            throw new InvalidFieldException("expiresAt", "must be in the future, and before the year 10000");
        }
        return expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
