package broadsheet.article;

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
        Staff author,
        ArticleDates dates,
        List<Transition> history) {

    private static final Set<Status> PUBLIC = EnumSet.of(Status.PUBLISHED, Status.CORRECTED);
    private static final String TYPESETTING = "Typesetting";
    private static final String REVIEWED_BY = "Reviewed by";
    private static final String COPY = "Copy";

    static Article draft(String id, String slug, Content content, Staff author, Instant now) {
        return new Article(id, 1, Status.DRAFT, slug, content, author, ArticleDates.begun(now), List.of());
    }

    public boolean isPublic() {
        return PUBLIC.contains(status);
    }

    public String url() {
        return "/news/" + content.category().slug() + "/" + slug;
    }

    /** What tells it from others of the same name. */
    String idEnd() {
        return id.substring(id.length() - 8);
    }

    boolean isBy(Staff staff) {
        return author.username().equals(staff.username());
    }

    Article safe() {
        return new Article(id, version, status, slug, content.safe(), author, dates, history);
    }

    Article slugged(String newSlug) {
        return new Article(id, version, status, newSlug, content, author, dates, history);
    }

    /** Takes a new content; its author may rewrite a draft, an editor anything that is not withdrawn. */
    Article rewrite(Content newContent, Staff by, Instant now) {
        if (status == Status.WITHDRAWN) {
            throw Refused.by(this, "cannot be rewritten");
        }
        if (!by.isEditor() && !(isBy(by) && status == Status.DRAFT)) {
            throw Refused.of(by, "rewrite a " + words(status) + " article" + (isBy(by) ? "" : " of someone else"));
        }
        return new Article(id, version + 1, status, slug, newContent, author, dates.updated(now), history);
    }

    Article submit(Staff by, @Nullable String note, Instant now) {
        if (!isBy(by) && !by.isEditor()) {
            throw Refused.of(by, "submit an article of someone else");
        }
        return move(Transition.Action.SUBMIT, by, note, now, Status.IN_REVIEW, Status.DRAFT)
                .credited(COPY, author.displayName());
    }

    Article approve(Staff by, @Nullable String note, Instant now) {
        return reviewed(Transition.Action.APPROVE, by, note, now, Status.APPROVED)
                .credited(REVIEWED_BY, by.displayName());
    }

    Article reject(Staff by, @Nullable String note, Instant now) {
        return reviewed(Transition.Action.REJECT, by, note, now, Status.DRAFT);
    }

    Article publish(Staff by, @Nullable String note, Instant now) {
        editorsOnly(by, "publish");
        return move(Transition.Action.PUBLISH, by, note, now, Status.PUBLISHED, Status.APPROVED)
                .credited(TYPESETTING, by.displayName())
                .dated(dates.published(now));
    }

    Article withdraw(Staff by, @Nullable String note, Instant now) {
        editorsOnly(by, "withdraw");
        return move(Transition.Action.WITHDRAW, by, note, now, Status.WITHDRAWN, Status.PUBLISHED, Status.CORRECTED)
                .dated(dates.withdrawn(now));
    }

    private Article reviewed(Transition.Action action, Staff by, @Nullable String note, Instant now, Status to) {
        editorsOnly(by, "review");
        if (isBy(by)) {
            throw Refused.of(by, "review an article of one's own");
        }
        return move(action, by, note, now, to, Status.IN_REVIEW);
    }

    private void editorsOnly(Staff by, String what) {
        if (!by.isEditor()) {
            throw Refused.of(by, what + " an article");
        }
    }

    private Article move(
            Transition.Action action, Staff by, @Nullable String note, Instant now, Status to, Status... from) {
        if (!List.of(from).contains(status)) {
            throw Refused.by(this, "cannot be " + action.pastTense());
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
