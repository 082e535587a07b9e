package broadsheet.web.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What an API token is for: so much of what its account may do, and never what an administrator may. More scopes are more
 * rights, also of the roles below.
 */
public enum ApiTokenScope {
    /** To read whatever the account may, drafts and numbers too. */
    @JsonProperty("read")
    READ("read", Set.of("EDITOR", "OPERATOR"), Set.of()),
    /** What an author may. */
    @JsonProperty("articles:write")
    WRITE_ARTICLES("articles:write", Set.of("AUTHOR"), Set.of("AUTHOR")),
    /** What an editor may: to review and publish others' articles. */
    @JsonProperty("articles:publish")
    PUBLISH_ARTICLES("articles:publish", Set.of("EDITOR"), Set.of("EDITOR")),
    /** What an operator may. */
    @JsonProperty("operations")
    OPERATE("operations", Set.of("OPERATOR"), Set.of("OPERATOR"));

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // always an unmodifiable Set.of(…)
    private final Set<String> reading;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> writing;

    ApiTokenScope(String text, Set<String> reading, Set<String> writing) {
        this.text = text;
        this.reading = reading;
        this.writing = writing;
    }

    /** As it stands in JSON and in events. */
    public String text() {
        return text;
    }

    /** The roles that it may stand for in a call that only reads. */
    Set<String> reading() {
        return reading;
    }

    /** The roles that it may stand for in a call that changes something. */
    Set<String> writing() {
        return writing;
    }

    static Optional<ApiTokenScope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
