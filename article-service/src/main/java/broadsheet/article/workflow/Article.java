package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
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
 * @param earlierSlugs those it had since it was public; readers who come by them find it
 * @param content what readers see once the article is public
 * @param saved which save the content is of
 * @param history its last steps, {@link #MAX_HISTORY} at most
 * @param writers the usernames of all who wrote the content since it was last public
 * @param approvedVersion the version at which the content was approved; null while it is not
 * @param schedule when it is to be published; null where it waits for no time
 * @param correction the content that is to replace what is published; null where nobody proposed one
 * @param publicVersion the version that brought readers what they see; null before there was one
 */
@Document("articles")
public record Article(
        @Id String id,
        long version,
        Status status,
        String slug,
        List<String> earlierSlugs,
        Content content,
        SavedBy saved,
        StaffMember author,
        ArticleDates dates,
        List<Transition> history,
        List<String> writers,
        @Nullable Long approvedVersion,
        @Nullable Schedule schedule,
        @Nullable Correction correction,
        @Nullable Long publicVersion) {

    /** Steps beyond those are kept apart, so that no document grows without end. */
    public static final int MAX_HISTORY = 100;

    private static final Set<Status> PUBLIC = EnumSet.of(Status.PUBLISHED, Status.CORRECTED);

    /** Articles of earlier releases have no writers, and the version that is stored is the public one. */
    @SuppressWarnings("ConstantValue")
    public Article {
        earlierSlugs = earlierSlugs == null ? List.of() : earlierSlugs;
        saved = saved == null ? new SavedBy(1, author.username(), dates.created()) : saved;
        writers = writers == null ? List.of() : writers;
        publicVersion = publicVersion == null && PUBLIC.contains(status) ? Long.valueOf(version) : publicVersion;
    }

    public static Article draft(String id, String slug, Content content, StaffMember author, Instant now) {
        return new Article(
                id,
                1,
                Status.DRAFT,
                slug,
                List.of(),
                content,
                new SavedBy(1, author.username(), now),
                author,
                ArticleDates.begun(now),
                List.of(),
                List.of(author.username()),
                null,
                null,
                null,
                null);
    }

    public boolean isPublic() {
        return PUBLIC.contains(status);
    }

    /** Whether readers can read it, or could. */
    public boolean isKnownToReaders() {
        return isPublic() || status == Status.WITHDRAWN;
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

    /** Where what staff works on stands: the correction of a public article, where it has one, or the article. */
    Status stage() {
        return correction == null ? status : correction.stage().status();
    }

    /** A public article without what staff works on: nothing of it changes while a correction is being written. */
    public Article asPublished() {
        long known = publicVersion == null ? version : publicVersion;
        return new Article(
                id,
                known,
                status,
                slug,
                List.of(),
                content,
                saved,
                author,
                dates.asPublished(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                known);
    }

    /** Whether this version is what readers see, or took the article from them. */
    public boolean changesWhatReadersSee() {
        return isPublic() ? Objects.equals(publicVersion, version) : status == Status.WITHDRAWN;
    }

    /** The article with contents that any reader may get. */
    public Article safe() {
        return with(slug, content.safe(), correction == null ? null : correction.safe());
    }

    /** The same version under another slug, before anyone knows it. */
    public Article slugged(String newSlug) {
        return with(newSlug, content, correction);
    }

    /**
     * Takes a new content. Its author may rewrite a draft, an editor anything that is not withdrawn. What was submitted,
     * approved or scheduled becomes a draft again; what is published stays, and the new content is a correction beside it.
     */
    public Article rewrite(Content newContent, StaffMember by, Instant now) {
        return isPublic()
                ? CorrectionSteps.rewrite(this, newContent, by, now)
                : DraftSteps.rewrite(this, newContent, by, now);
    }

    public Article submit(StaffMember by, @Nullable String note, Instant now) {
        if (!isBy(by) && !by.isEditor()) {
            throw ArticleProblems.of(by, "submit an article of someone else");
        }
        return isPublic() ? CorrectionSteps.submit(this, by, note, now) : DraftSteps.submit(this, by, note, now);
    }

    public Article approve(StaffMember by, @Nullable String note, Instant now) {
        return isPublic() ? CorrectionSteps.approve(this, by, note, now) : DraftSteps.approve(this, by, note, now);
    }

    public Article reject(StaffMember by, @Nullable String note, Instant now) {
        return isPublic() ? CorrectionSteps.reject(this, by, note, now) : DraftSteps.reject(this, by, note, now);
    }

    /** Publishes what was approved, and nothing else. */
    public Article publish(StaffMember by, @Nullable String note, Instant now) {
        return DraftSteps.publish(this, by, note, now);
    }

    /** Lets what was approved wait until it is published, at a time that may be changed until then. */
    public Article schedule(StaffMember by, Instant at, @Nullable String note, Instant now) {
        return DraftSteps.schedule(this, by, at, note, now);
    }

    public Article unschedule(StaffMember by, @Nullable String note, Instant now) {
        return DraftSteps.unschedule(this, by, note, now);
    }

    /** Whether it waits for a time that has come. */
    public boolean isDue(Instant now) {
        return schedule != null && !schedule.at().isAfter(now);
    }

    /** Publishes an article that is due, for whoever scheduled it. */
    public Article publishDue(Instant now) {
        if (schedule == null || !isDue(now)) {
            throw ArticleProblems.by(this, "is not due");
        }
        return DraftSteps.publish(this, schedule.by(), null, now);
    }

    /** Replaces what is published by the approved correction; the note tells readers what changed. */
    public Article correct(StaffMember by, String note, Instant now) {
        return CorrectionSteps.correct(this, by, note, now);
    }

    /**
     * Takes the article from readers; a correction that was proposed goes with it.
     *
     * @param reason what readers who come to its address are told
     */
    public Article withdraw(StaffMember by, @Nullable String reason, Instant now) {
        by.mustBeEditor("withdraw");
        if (!isPublic()) {
            throw ArticleProblems.by(this, "cannot be withdrawn");
        }
        return Change.of(this, now)
                .correction(null)
                .to(Status.WITHDRAWN)
                .dates(dates.withdrawn(now, reason))
                .by(Transition.Action.WITHDRAW, by, reason);
    }

    /** Gives it another slug; who comes by one that it had while it was public finds it still. */
    public Article rename(String newSlug, StaffMember by, Instant now) {
        return SlugChange.of(this, newSlug, by, now);
    }

    private Article with(String newSlug, Content newContent, @Nullable Correction newCorrection) {
        return new Article(
                id,
                version,
                status,
                newSlug,
                earlierSlugs,
                newContent,
                saved,
                author,
                dates,
                history,
                writers,
                approvedVersion,
                schedule,
                newCorrection,
                publicVersion);
    }

    static String words(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
