package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An article from its first draft to its withdrawal; every change is a new value with the next version.
 *
 * @param content what readers see once the article is public
 * @param writers the usernames of all who wrote the content since it was last public
 * @param approvedVersion the version at which the content was approved; null while it is not
 * @param correction the content that is to replace what is published; null where nobody proposed one
 * @param publicVersion the version that brought readers what they see; null before there was one
 */
@Document("articles")
public record Article(
        @Id String id,
        long version,
        Status status,
        String slug,
        Content content,
        StaffMember author,
        ArticleDates dates,
        List<Transition> history,
        List<String> writers,
        @Nullable Long approvedVersion,
        @Nullable Correction correction,
        @Nullable Long publicVersion) {

    private static final Set<Status> PUBLIC = EnumSet.of(Status.PUBLISHED, Status.CORRECTED);
    private static final String TYPESETTING = "Typesetting";
    private static final String COPY = "Copy";

    /** Articles of earlier releases have no writers, and the version that is stored is the public one. */
    @SuppressWarnings("ConstantValue")
    public Article {
        writers = writers == null ? List.of() : writers;
        publicVersion = publicVersion == null && PUBLIC.contains(status) ? Long.valueOf(version) : publicVersion;
    }

    public static Article draft(String id, String slug, Content content, StaffMember author, Instant now) {
        List<String> writers = List.of(author.username());
        return new Article(
                id,
                1,
                Status.DRAFT,
                slug,
                content,
                author,
                ArticleDates.begun(now),
                List.of(),
                writers,
                null,
                null,
                null);
    }

    public boolean isPublic() {
        return PUBLIC.contains(status);
    }

    public String url() {
        return "/news/" + content.category().slug() + "/" + slug;
    }

    /** What tells it from others of the same name. */
    public String idEnd() {
        return id.substring(id.length() - 8);
    }

    public boolean isBy(StaffMember staff) {
        return author.username().equals(staff.username());
    }

    /** A public article without what staff works on: nothing of it changes while a correction is being written. */
    public Article asPublished() {
        long known = publicVersion == null ? version : publicVersion;
        return new Article(
                id, known, status, slug, content, author, dates.asPublished(), List.of(), List.of(), null, null, known);
    }

    /** Whether this version is what readers see, or took the article from them. */
    public boolean changesWhatReadersSee() {
        return isPublic() ? Objects.equals(publicVersion, version) : status == Status.WITHDRAWN;
    }

    /** The article with contents that any reader may get. */
    public Article safe() {
        return with(content.safe(), correction == null ? null : correction.safe());
    }

    public Article slugged(String newSlug) {
        return new Article(
                id,
                version,
                status,
                newSlug,
                content,
                author,
                dates,
                history,
                writers,
                approvedVersion,
                correction,
                publicVersion);
    }

    /**
     * Takes a new content. Its author may rewrite a draft, an editor anything that is not withdrawn. What was submitted or
     * approved becomes a draft again; what is published stays, and the new content is a correction beside it.
     */
    public Article rewrite(Content newContent, StaffMember by, Instant now) {
        if (status == Status.WITHDRAWN) {
            throw ArticleProblems.by(this, "cannot be rewritten");
        }
        boolean isDraft = isPublic()
                ? correction == null || correction.stage() == Correction.Stage.DRAFT
                : status == Status.DRAFT;
        if (!by.isEditor() && !(isBy(by) && isDraft)) {
            throw ArticleProblems.of(
                    by, "rewrite a " + words(status) + " article" + (isBy(by) ? "" : " of someone else"));
        }
        return isPublic()
                ? corrected(Correction.rewritten(correction, newContent, by)).next(now, history)
                : with(newContent, null)
                        .moved(
                                version + 1,
                                Status.DRAFT,
                                dates.updated(now),
                                history,
                                with(writers, by),
                                null,
                                publicVersion);
    }

    public Article submit(StaffMember by, @Nullable String note, Instant now) {
        if (!isBy(by) && !by.isEditor()) {
            throw ArticleProblems.of(by, "submit an article of someone else");
        }
        String copy = author.displayName();
        if (isPublic()) {
            Correction draft = correctionAt(Correction.Stage.DRAFT, Transition.Action.SUBMIT);
            return corrected(draft.at(Correction.Stage.IN_REVIEW).credited(COPY, copy))
                    .step(Transition.Action.SUBMIT, by, note, now);
        }
        return move(Transition.Action.SUBMIT, by, note, now, Status.IN_REVIEW, Status.DRAFT)
                .credited(COPY, copy);
    }

    public Article approve(StaffMember by, @Nullable String note, Instant now) {
        if (isPublic()) {
            return corrected(reviewed(Transition.Action.APPROVE, by)
                            .at(Correction.Stage.APPROVED)
                            .reviewedBy(by.displayName()))
                    .step(Transition.Action.APPROVE, by, note, now);
        }
        ReviewerIsNotAuthor.check(by, author, writers);
        Article approved = move(Transition.Action.APPROVE, by, note, now, Status.APPROVED, Status.IN_REVIEW);
        return approved.with(approved.content.reviewedBy(by.displayName()), null)
                .approvedAsItIs();
    }

    public Article reject(StaffMember by, @Nullable String note, Instant now) {
        if (isPublic()) {
            return corrected(reviewed(Transition.Action.REJECT, by).at(Correction.Stage.DRAFT))
                    .step(Transition.Action.REJECT, by, note, now);
        }
        ReviewerIsNotAuthor.check(by, author, writers);
        return move(Transition.Action.REJECT, by, note, now, Status.DRAFT, Status.IN_REVIEW);
    }

    /** Publishes what was approved, and nothing else. */
    public Article publish(StaffMember by, @Nullable String note, Instant now) {
        editorsOnly(by, "publish");
        if (status == Status.APPROVED && (approvedVersion == null || approvedVersion != version)) {
            throw ArticleProblems.by(this, "was changed since; it needs a new approval");
        }
        return move(Transition.Action.PUBLISH, by, note, now, Status.PUBLISHED, Status.APPROVED)
                .credited(TYPESETTING, by.displayName())
                .madePublic(dates.published(now));
    }

    /** Replaces what is published by the approved correction; the note tells readers what changed. */
    public Article correct(StaffMember by, String note, Instant now) {
        editorsOnly(by, "correct");
        Correction approved = correctionAt(Correction.Stage.APPROVED, Transition.Action.CORRECT);
        Content newContent = approved.credited(TYPESETTING, by.displayName()).content();
        return with(newContent, null)
                .step(Transition.Action.CORRECT, by, note, now)
                .at(Status.CORRECTED)
                .madePublic(dates.corrected(now, note));
    }

    /** Takes the article from readers; a correction that was proposed goes with it. */
    public Article withdraw(StaffMember by, @Nullable String note, Instant now) {
        editorsOnly(by, "withdraw");
        return move(Transition.Action.WITHDRAW, by, note, now, Status.WITHDRAWN, Status.PUBLISHED, Status.CORRECTED)
                .corrected(null)
                .dated(dates.withdrawn(now));
    }

    private Correction reviewed(Transition.Action action, StaffMember by) {
        List<String> wrote = correction == null ? List.of() : correction.writers();
        ReviewerIsNotAuthor.check(by, author, wrote);
        return correctionAt(Correction.Stage.IN_REVIEW, action);
    }

    private Correction correctionAt(Correction.Stage stage, Transition.Action action) {
        if (!isPublic() || correction == null || correction.stage() != stage) {
            throw ArticleProblems.by(this, "has no correction that can be " + action.pastTense());
        }
        return correction;
    }

    private void editorsOnly(StaffMember by, String what) {
        if (!by.isEditor()) {
            throw ArticleProblems.of(by, what + " an article");
        }
    }

    private Article move(
            Transition.Action action, StaffMember by, @Nullable String note, Instant now, Status to, Status... from) {
        if (!List.of(from).contains(status)) {
            throw ArticleProblems.by(this, "cannot be " + action.pastTense());
        }
        return step(action, by, note, now).at(to);
    }

    private Article step(Transition.Action action, StaffMember by, @Nullable String note, Instant now) {
        var longer = new ArrayList<>(history);
        longer.add(new Transition(action, by.username(), now, note));
        return next(now, List.copyOf(longer));
    }

    private Article next(Instant now, List<Transition> newHistory) {
        return moved(version + 1, status, dates.updated(now), newHistory, writers, approvedVersion, publicVersion);
    }

    private Article at(Status newStatus) {
        return moved(version, newStatus, dates, history, writers, approvedVersion, publicVersion);
    }

    private Article approvedAsItIs() {
        return moved(version, status, dates, history, writers, version, publicVersion);
    }

    /** What is public has been reviewed, so its writers may review what comes next. */
    private Article madePublic(ArticleDates newDates) {
        return moved(version, status, newDates, history, List.of(), approvedVersion, version);
    }

    private Article dated(ArticleDates newDates) {
        return moved(version, status, newDates, history, writers, approvedVersion, publicVersion);
    }

    /** The same contents at another place in the workflow. */
    private Article moved(
            long newVersion,
            Status newStatus,
            ArticleDates newDates,
            List<Transition> newHistory,
            List<String> newWriters,
            @Nullable Long newApprovedVersion,
            @Nullable Long newPublicVersion) {
        return new Article(
                id,
                newVersion,
                newStatus,
                slug,
                content,
                author,
                newDates,
                newHistory,
                newWriters,
                newApprovedVersion,
                correction,
                newPublicVersion);
    }

    private Article corrected(@Nullable Correction newCorrection) {
        return with(content, newCorrection);
    }

    private Article with(Content newContent, @Nullable Correction newCorrection) {
        return new Article(
                id,
                version,
                status,
                slug,
                newContent,
                author,
                dates,
                history,
                writers,
                approvedVersion,
                newCorrection,
                publicVersion);
    }

    private Article credited(String role, String name) {
        return with(content.credited(role, name), correction);
    }

    static List<String> with(List<String> writers, StaffMember by) {
        if (writers.contains(by.username())) {
            return writers;
        }
        var more = new ArrayList<>(writers);
        more.add(by.username());
        return List.copyOf(more);
    }

    static String words(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
