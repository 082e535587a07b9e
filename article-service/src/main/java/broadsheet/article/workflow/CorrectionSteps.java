package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of the correction of a published article, from its draft to its publication. */
final class CorrectionSteps {

    private CorrectionSteps() {}

    static Article rewrite(Article article, Content content, StaffMember by, Instant now) {
        Correction before = article.correction();
        DraftSteps.mayRewrite(article, by, before == null || before.stage() == Correction.Stage.DRAFT);
        Change change = Change.of(article, now);
        var saved = new SavedBy(change.version(), by.username(), now);
        return change.correction(Correction.rewritten(before, content, saved, by))
                .rewritten(by);
    }

    static Article submit(Article article, StaffMember by, @Nullable String note, Instant now) {
        Correction draft = at(article, Correction.Stage.DRAFT, Transition.Action.SUBMIT);
        String copy = article.author().displayName();
        return Change.of(article, now)
                .correction(draft.at(Correction.Stage.IN_REVIEW).credited(DraftSteps.COPY, copy))
                .by(Transition.Action.SUBMIT, by, note);
    }

    static Article approve(Article article, StaffMember by, @Nullable String note, Instant now) {
        Correction reviewed = reviewed(article, Transition.Action.APPROVE, by);
        return Change.of(article, now)
                .correction(reviewed.at(Correction.Stage.APPROVED).reviewedBy(by.displayName()))
                .by(Transition.Action.APPROVE, by, note);
    }

    static Article reject(Article article, StaffMember by, @Nullable String note, Instant now) {
        Correction reviewed = reviewed(article, Transition.Action.REJECT, by);
        return Change.of(article, now)
                .correction(reviewed.at(Correction.Stage.DRAFT))
                .by(Transition.Action.REJECT, by, note);
    }

    static Article correct(Article article, StaffMember by, String note, Instant now) {
        by.mustBeEditor("correct");
        Correction approved = at(article, Correction.Stage.APPROVED, Transition.Action.CORRECT);
        Content content =
                approved.credited(DraftSteps.TYPESETTING, by.displayName()).content();
        return Change.of(article, now)
                .content(content, approved.saved())
                .correction(null)
                .to(Status.CORRECTED)
                .shownToReaders(article.dates().corrected(now, note))
                .by(Transition.Action.CORRECT, by, note);
    }

    private static Correction reviewed(Article article, Transition.Action action, StaffMember by) {
        Correction correction = article.correction();
        List<String> wrote = correction == null ? List.of() : correction.writers();
        ReviewerIsNotAuthor.check(by, article.author(), wrote);
        return at(article, Correction.Stage.IN_REVIEW, action);
    }

    private static Correction at(Article article, Correction.Stage stage, Transition.Action action) {
        Correction correction = article.correction();
        if (!article.isPublic() || correction == null || correction.stage() != stage) {
            throw ArticleProblems.by(article, "has no correction that can be " + action.pastTense());
        }
        return correction;
    }
}
