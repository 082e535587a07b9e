package broadsheet.article.workflow;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the newsroom's rules say of an article, written a second time without its code: which steps are legal, and which
 * text readers may see.
 */
final class ModelledArticle {

    enum Stage {
        DRAFT,
        IN_REVIEW,
        APPROVED
    }

    private final StaffMember author;
    private final Set<String> writers = new HashSet<>();

    /** The text that is to be published or to replace what is; null where there is none. */
    private @Nullable String proposed;

    private @Nullable String published;
    private @Nullable String reviewer;
    private Stage stage = Stage.DRAFT;
    private boolean withdrawn;

    ModelledArticle(String text, StaffMember author) {
        this.proposed = text;
        this.author = author;
        writers.add(author.username());
    }

    /** The step that would bring what was written to the readers. */
    Transition.Action next() {
        return switch (stage) {
            case DRAFT -> Transition.Action.SUBMIT;
            case IN_REVIEW -> Transition.Action.APPROVE;
            case APPROVED -> published == null ? Transition.Action.PUBLISH : Transition.Action.CORRECT;
        };
    }

    boolean mayRewrite(StaffMember by) {
        return !withdrawn && (by.isEditor() || (by.equals(author) && stage == Stage.DRAFT));
    }

    boolean may(Transition.Action action, StaffMember by) {
        if (withdrawn) {
            return false;
        }
        boolean proposal = proposed != null;
        return switch (action) {
            case SUBMIT -> (by.isEditor() || by.equals(author)) && proposal && stage == Stage.DRAFT;
            case APPROVE, REJECT -> by.isEditor() && !hasWritten(by) && proposal && stage == Stage.IN_REVIEW;
            case PUBLISH -> by.isEditor() && published == null && stage == Stage.APPROVED;
            case CORRECT -> by.isEditor() && published != null && stage == Stage.APPROVED;
            case WITHDRAW -> by.isEditor() && published != null;
        };
    }

    private boolean hasWritten(StaffMember by) {
        return by.equals(author) || writers.contains(by.username());
    }

    void rewrite(String text, StaffMember by) {
        proposed = text;
        writers.add(by.username());
        stage = Stage.DRAFT;
        reviewer = null;
    }

    void move(Transition.Action action, StaffMember by) {
        switch (action) {
            case SUBMIT -> stage = Stage.IN_REVIEW;
            case REJECT -> stage = Stage.DRAFT;
            case APPROVE -> {
                stage = Stage.APPROVED;
                reviewer = by.username();
            }
            case PUBLISH, CORRECT -> {
                published = proposed;
                proposed = null;
                stage = Stage.DRAFT;
                reviewer = null;
                writers.clear();
            }
            case WITHDRAW -> {
                withdrawn = true;
                published = null;
                proposed = null;
            }
        }
    }

    boolean isPublic() {
        return published != null;
    }

    /** The text that readers see. */
    @Nullable String published() {
        return published;
    }

    /** The text that waits to be published, or to replace what is. */
    @Nullable String proposed() {
        return proposed;
    }

    /** Who approved the text that waits; null while nobody did. */
    @Nullable String reviewer() {
        return reviewer;
    }

    Set<String> writers() {
        return Set.copyOf(writers);
    }
}
