package broadsheet.stats.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an article's numbers are erased, which stays for good.
 *
 * @param requestedBy null where nobody signed in asked for it
 * @param erasedAt null until nothing is left
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Erasure(
        String articleId,
        Instant requestedAt,
        @Nullable String requestedBy,
        State state,
        @Nullable Instant erasedAt) {

    enum State {
        @JsonProperty("erasing")
        ERASING,
        @JsonProperty("erased")
        ERASED
    }
}
