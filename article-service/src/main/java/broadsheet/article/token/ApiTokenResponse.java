package broadsheet.article.token;

import broadsheet.web.access.ApiTokenScope;
import broadsheet.web.access.ApiTokenSecret;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param token its text, which only the answer to its making tells */
record ApiTokenResponse(
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,
        String username,
        String name,
        List<ApiTokenScope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    static ApiTokenResponse issued(ApiToken token, ApiTokenSecret secret) {
        return of(token, secret.text());
    }

    static ApiTokenResponse listed(ApiToken token) {
        return of(token, null);
    }

    private static ApiTokenResponse of(ApiToken token, @Nullable String text) {
        return new ApiTokenResponse(
                token.id(), text, token.username(), token.name(), token.scopes(), token.createdAt(), token.expiresAt());
    }

    @Override
    public String toString() {
        return "ApiTokenResponse[" + id + "]";
    }
}
