package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proposed new content of a published article; readers see the old one until it is approved and published.
 *
 * @param writers the usernames of all who wrote it, none of whom may review it
 * @param saved which save it is of
 */
public record Correction(Content content, Stage stage, List<String> writers, SavedBy saved) {

    /** Corrections of earlier releases do not say who saved them. */
    @SuppressWarnings("ConstantValue")
    public Correction {
        saved = saved == null ? new SavedBy(0, writers.isEmpty() ? "" : writers.get(0), Instant.EPOCH) : saved;
    }

    public enum Stage {
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("in_review")
        IN_REVIEW,
        @JsonProperty("approved")
        APPROVED;

        /** The state of an article that has come as far. */
        public Status status() {
            return switch (this) {
                case DRAFT -> Status.DRAFT;
                case IN_REVIEW -> Status.IN_REVIEW;
                case APPROVED -> Status.APPROVED;
            };
        }
    }

    /** A new text is a draft again, however far the one before it had come. */
    static Correction rewritten(@Nullable Correction before, Content content, SavedBy saved, StaffMember by) {
        List<String> writers = before == null ? List.of() : before.writers;
        return new Correction(content, Stage.DRAFT, by.addedTo(writers), saved);
    }

    Correction at(Stage newStage) {
        return new Correction(content, newStage, writers, saved);
    }

    Correction credited(String role, String name) {
        return new Correction(content.credited(role, name), stage, writers, saved);
    }

    Correction reviewedBy(String name) {
        return new Correction(content.reviewedBy(name), stage, writers, saved);
    }

    Correction safe() {
        return new Correction(content.safe(), stage, writers, saved);
    }
}
