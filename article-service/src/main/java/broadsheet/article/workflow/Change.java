package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next version of an article while it is made of the one before. */
final class Change {

    private final Article before;
    private final Instant now;
    private Status status;
    private String slug;
    private List<String> earlierSlugs;
    private Content content;
    private SavedBy saved;
    private ArticleDates dates;
    private List<Transition> history;
    private List<String> writers;
    private @Nullable Long approvedVersion;
    private @Nullable Schedule schedule;
    private @Nullable Correction correction;
    private @Nullable Long publicVersion;

    private Change(Article before, Instant now) {
        this.before = before;
        this.now = now;
        this.status = before.status();
        this.slug = before.slug();
        this.earlierSlugs = before.earlierSlugs();
        this.content = before.content();
        this.saved = before.saved();
        this.dates = before.dates().updated(now);
        this.history = before.history();
        this.writers = before.writers();
        this.approvedVersion = before.approvedVersion();
        this.schedule = before.schedule();
        this.correction = before.correction();
        this.publicVersion = before.publicVersion();
    }

    static Change of(Article before, Instant now) {
        return new Change(before, now);
    }

    /** The version that comes of it. */
    long version() {
        return before.version() + 1;
    }

    Change to(Status newStatus) {
        status = newStatus;
        return this;
    }

    Change slug(String newSlug, List<String> newEarlierSlugs) {
        slug = newSlug;
        earlierSlugs = List.copyOf(newEarlierSlugs);
        return this;
    }

    /** Content that somebody has just saved. */
    Change content(Content newContent, StaffMember by) {
        return content(newContent, new SavedBy(version(), by.username(), now));
    }

    Change content(Content newContent, SavedBy newSaved) {
        content = newContent;
        saved = newSaved;
        return this;
    }

    Change credited(String role, String name) {
        content = content.credited(role, name);
        return this;
    }

    Change reviewedBy(String name) {
        content = content.reviewedBy(name);
        return this;
    }

    Change dates(ArticleDates newDates) {
        dates = newDates;
        return this;
    }

    Change writers(List<String> newWriters) {
        writers = newWriters;
        return this;
    }

    /** The content is approved as it will be in this version. */
    Change approved() {
        approvedVersion = version();
        return this;
    }

    Change notApproved() {
        approvedVersion = null;
        return this;
    }

    Change schedule(@Nullable Schedule newSchedule) {
        schedule = newSchedule;
        return this;
    }

    Change correction(@Nullable Correction newCorrection) {
        correction = newCorrection;
        return this;
    }

    /** Readers see this version. What they see has been reviewed, so its writers may review what comes next. */
    Change shownToReaders(ArticleDates newDates) {
        dates = newDates;
        writers = List.of();
        return publicVersion();
    }

    Change publicVersion() {
        publicVersion = version();
        return this;
    }

    /** The article that comes of it, by a step that is recorded; the oldest step beyond what an article keeps leaves it. */
    Article by(Transition.Action action, StaffMember by, @Nullable String note) {
        var longer = new ArrayList<>(history);
        Status from = action == Transition.Action.WITHDRAW ? before.status() : before.stage();
        Instant publishAt = schedule == null ? null : schedule.at();
        longer.add(
                new Transition(action, by.username(), now, note, from, article().stage(), version(), publishAt));
        history = List.copyOf(longer.subList(Math.max(0, longer.size() - Article.MAX_HISTORY), longer.size()));
        return article();
    }

    /** The article that comes of a new text, which is recorded where it brings the article back to its draft. */
    Article rewritten(StaffMember by) {
        return article().stage() == before.stage() ? article() : by(Transition.Action.REWRITE, by, null);
    }

    /** The article that comes of it. */
    Article article() {
        return new Article(
                before.id(),
                version(),
                status,
                slug,
                earlierSlugs,
                content,
                saved,
                before.author(),
                dates,
                history,
                writers,
                approvedVersion,
                schedule,
                correction,
                publicVersion);
    }
}
