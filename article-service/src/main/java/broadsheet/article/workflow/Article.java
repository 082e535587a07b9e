package broadsheet.article.workflow;

import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** An article from its first draft to its withdrawal; every change is a new value with the next version. */
@Document("articles")
public record Article(
        @Id String id,
        long version,
        Status status,
        String slug,
        Content content,
        StaffMember author,
        ArticleDates dates,
        List<Transition> history) {

    private static final Set<Status> PUBLIC = EnumSet.of(Status.PUBLISHED, Status.CORRECTED);
    private static final String TYPESETTING = "Typesetting";
    private static final String REVIEWED_BY = "Reviewed by";
    private static final String COPY = "Copy";

    public static Article draft(String id, String slug, Content content, StaffMember author, Instant now) {
        return new Article(id, 1, Status.DRAFT, slug, content, author, ArticleDates.begun(now), List.of());
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

    public Article safe() {
        return new Article(id, version, status, slug, content.safe(), author, dates, history);
    }

    public Article slugged(String newSlug) {
        return new Article(id, version, status, newSlug, content, author, dates, history);
    }

    /** Takes a new content; its author may rewrite a draft, an editor anything that is not withdrawn. */
    public Article rewrite(Content newContent, StaffMember by, Instant now) {
        if (status == Status.WITHDRAWN) {
            throw ArticleProblems.by(this, "cannot be rewritten");
        }
        if (!by.isEditor() && !(isBy(by) && status == Status.DRAFT)) {
            throw ArticleProblems.of(
                    by, "rewrite a " + words(status) + " article" + (isBy(by) ? "" : " of someone else"));
        }
        return new Article(id, version + 1, status, slug, newContent, author, dates.updated(now), history);
    }

    public Article submit(StaffMember by, @Nullable String note, Instant now) {
        if (!isBy(by) && !by.isEditor()) {
            throw ArticleProblems.of(by, "submit an article of someone else");
        }
        return move(Transition.Action.SUBMIT, by, note, now, Status.IN_REVIEW, Status.DRAFT)
                .credited(COPY, author.displayName());
    }

    public Article approve(StaffMember by, @Nullable String note, Instant now) {
        return reviewed(Transition.Action.APPROVE, by, note, now, Status.APPROVED)
                .credited(REVIEWED_BY, by.displayName());
    }

    public Article reject(StaffMember by, @Nullable String note, Instant now) {
        return reviewed(Transition.Action.REJECT, by, note, now, Status.DRAFT);
    }

    public Article publish(StaffMember by, @Nullable String note, Instant now) {
        editorsOnly(by, "publish");
        return move(Transition.Action.PUBLISH, by, note, now, Status.PUBLISHED, Status.APPROVED)
                .credited(TYPESETTING, by.displayName())
                .dated(dates.published(now));
    }

    public Article withdraw(StaffMember by, @Nullable String note, Instant now) {
        editorsOnly(by, "withdraw");
        return move(Transition.Action.WITHDRAW, by, note, now, Status.WITHDRAWN, Status.PUBLISHED, Status.CORRECTED)
                .dated(dates.withdrawn(now));
    }

    private Article reviewed(Transition.Action action, StaffMember by, @Nullable String note, Instant now, Status to) {
        editorsOnly(by, "review");
        if (isBy(by)) {
            throw ArticleProblems.of(by, "review an article of one's own");
        }
        return move(action, by, note, now, to, Status.IN_REVIEW);
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
        var longer = new ArrayList<>(history);
        longer.add(new Transition(action, by.username(), now, note));
        return new Article(id, version + 1, to, slug, content, author, dates.updated(now), List.copyOf(longer));
    }

    private Article dated(ArticleDates newDates) {
        return new Article(id, version, status, slug, content, author, newDates, history);
    }

    /** A credit fills itself from who did the step, unless the article names someone for it already. */
    private Article credited(String role, String name) {
        if (content.credits().stream().anyMatch(credit -> credit.role().equalsIgnoreCase(role))) {
            return this;
        }
        var credits = new ArrayList<>(content.credits());
        credits.add(new Credit(role, name));
        Content credited = content.credited(List.copyOf(credits));
        return new Article(id, version, status, slug, credited, author, dates, history);
    }

    static String words(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
