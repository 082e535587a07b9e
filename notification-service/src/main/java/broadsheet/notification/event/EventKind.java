package broadsheet.notification.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/** What can happen to an article that readers may know; a filter names the kinds it wants. */
public enum EventKind {
    @JsonProperty("published")
    PUBLISHED("article.published"),
    @JsonProperty("corrected")
    CORRECTED("article.corrected"),
    @JsonProperty("withdrawn")
    WITHDRAWN("article.withdrawn"),
    /** Its numbers are worth an alert: only for those who ask for it. */
    @JsonProperty("milestone")
    MILESTONE("article.milestone");

    static final Set<EventKind> DEFAULT = Set.copyOf(EnumSet.complementOf(EnumSet.of(MILESTONE)));

    private final String type;

    EventKind(String type) {
        this.type = type;
    }

    /** The {@code type} of its notifications. */
    public String type() {
        return type;
    }
}
