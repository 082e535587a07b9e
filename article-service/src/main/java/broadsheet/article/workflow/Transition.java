package broadsheet.article.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step an article took: who, when, and what they noted. */
public record Transition(
        Action action, String by, Instant at, @Nullable String note) {

    public enum Action {
        @JsonProperty("submit")
        SUBMIT("submitted"),
        @JsonProperty("approve")
        APPROVE("approved"),
        @JsonProperty("reject")
        REJECT("rejected"),
        @JsonProperty("publish")
        PUBLISH("published"),
        @JsonProperty("correct")
        CORRECT("published"),
        @JsonProperty("withdraw")
        WITHDRAW("withdrawn");

        private final String pastTense;

        Action(String pastTense) {
            this.pastTense = pastTense;
        }

        String pastTense() {
            return pastTense;
        }
    }
}
