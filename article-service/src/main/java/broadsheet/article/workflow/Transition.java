package broadsheet.article.workflow;

import broadsheet.events.ArticleSnapshot.Status;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step an article, or its correction, took: who, when, and what they noted.
 *
 * @param from the state before; of the correction, where the step was one of a correction; null for steps that earlier
 *     releases recorded
 * @param version the article's after the step; null for steps that earlier releases recorded
 * @param scheduledFor when it is to be published, of a step after which it waits for that
 */
public record Transition(
        Action action,
        String by,
        Instant at,
        @Nullable String note,
        @Nullable Status from,
        @Nullable Status to,
        @Nullable Long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant scheduledFor) {

    public enum Action {
        @JsonProperty("submit")
        SUBMIT("submitted"),
        @JsonProperty("approve")
        APPROVE("approved"),
        @JsonProperty("reject")
        REJECT("rejected"),
        @JsonProperty("publish")
        PUBLISH("published"),
        @JsonProperty("unschedule")
        UNSCHEDULE("unscheduled"),
        @JsonProperty("correct")
        CORRECT("published"),
        /** A new text for what was submitted, approved, scheduled or published. */
        @JsonProperty("rewrite")
        REWRITE("rewritten"),
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
