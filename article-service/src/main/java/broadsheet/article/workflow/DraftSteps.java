package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of an article that readers do not see yet, from its draft to its publication. */
final class DraftSteps {

    static final String COPY = "Copy";
    static final String TYPESETTING = "Typesetting";

    private DraftSteps() {}

    static Article rewrite(Article article, Content content, StaffMember by, Instant now) {
        if (article.status() == Status.WITHDRAWN) {
            throw ArticleProblems.by(article, "cannot be rewritten");
        }
        mayRewrite(article, by, article.status() == Status.DRAFT);
        return Change.of(article, now)
                .content(content, by)
                .writers(by.addedTo(article.writers()))
                .notApproved()
                .schedule(null)
                .to(Status.DRAFT)
                .rewritten(by);
    }

    static void mayRewrite(Article article, StaffMember by, boolean isDraft) {
        boolean own = article.isBy(by);
        if (!by.isEditor() && !(own && isDraft)) {
            throw ArticleProblems.of(
                    by, "rewrite a " + Article.words(article.status()) + " article" + (own ? "" : " of someone else"));
        }
    }

    static Article submit(Article article, StaffMember by, @Nullable String note, Instant now) {
        return step(article, Transition.Action.SUBMIT, now, Status.DRAFT)
                .to(Status.IN_REVIEW)
                .credited(COPY, article.author().displayName())
                .by(Transition.Action.SUBMIT, by, note);
    }

    static Article approve(Article article, StaffMember by, @Nullable String note, Instant now) {
        ReviewerIsNotAuthor.check(by, article.author(), article.writers());
        return step(article, Transition.Action.APPROVE, now, Status.IN_REVIEW)
                .to(Status.APPROVED)
                .reviewedBy(by.displayName())
                .approved()
                .by(Transition.Action.APPROVE, by, note);
    }

    static Article reject(Article article, StaffMember by, @Nullable String note, Instant now) {
        ReviewerIsNotAuthor.check(by, article.author(), article.writers());
        return step(article, Transition.Action.REJECT, now, Status.IN_REVIEW)
                .to(Status.DRAFT)
                .by(Transition.Action.REJECT, by, note);
    }

    static Article publish(Article article, StaffMember by, @Nullable String note, Instant now) {
        by.mustBeEditor("publish");
        return approved(article, Transition.Action.PUBLISH, now, Status.APPROVED, Status.SCHEDULED)
                .to(Status.PUBLISHED)
                .schedule(null)
                .credited(TYPESETTING, by.displayName())
                .shownToReaders(article.dates().published(now))
                .by(Transition.Action.PUBLISH, by, note);
    }

    static Article schedule(Article article, StaffMember by, Instant at, @Nullable String note, Instant now) {
        by.mustBeEditor("publish");
        return approved(article, Transition.Action.PUBLISH, now, Status.APPROVED, Status.SCHEDULED)
                .to(Status.SCHEDULED)
                .approved()
                .schedule(new Schedule(at, by))
                .by(Transition.Action.PUBLISH, by, note);
    }

    static Article unschedule(Article article, StaffMember by, @Nullable String note, Instant now) {
        by.mustBeEditor("unschedule");
        return approved(article, Transition.Action.UNSCHEDULE, now, Status.SCHEDULED)
                .to(Status.APPROVED)
                .approved()
                .schedule(null)
                .by(Transition.Action.UNSCHEDULE, by, note);
    }

    private static Change approved(Article article, Transition.Action action, Instant now, Status... from) {
        Change change = step(article, action, now, from);
        Long approvedVersion = article.approvedVersion();
        if (approvedVersion == null || approvedVersion != article.version()) {
            throw ArticleProblems.by(article, "was changed since; it needs a new approval");
        }
        return change;
    }

    private static Change step(Article article, Transition.Action action, Instant now, Status... from) {
        if (!Set.of(from).contains(article.status())) {
            throw ArticleProblems.by(article, "cannot be " + action.pastTense());
        }
        return Change.of(article, now);
    }
}
