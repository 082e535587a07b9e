package broadsheet.article.workflow;

import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Another slug for an article; it is no part of the content, so nobody reviews it and nothing has to be approved again. */
final class SlugChange {

    private static final int MAX_EARLIER = 50;

    private SlugChange() {}

    static Article of(Article article, String slug, StaffMember by, Instant now) {
        if (article.status() == Status.WITHDRAWN) {
            throw ArticleProblems.by(article, "cannot get another slug");
        }
        boolean ownDraft = article.isBy(by) && article.status() == Status.DRAFT;
        if (!by.isEditor() && !ownDraft) {
            throw ArticleProblems.of(by, "change the slug of a " + Article.words(article.status()) + " article");
        }
        Change change = Change.of(article, now).slug(slug, earlier(article, slug));
        if (article.approvedVersion() != null) {
            change.approved();
        }
        if (article.isPublic()) {
            change.publicVersion();
        }
        return change.article();
    }

    /** Nobody can know the slugs that an article had before it was public. */
    private static List<String> earlier(Article article, String slug) {
        if (!article.isPublic()) {
            return List.of();
        }
        var earlier = new ArrayList<>(article.earlierSlugs());
        earlier.add(article.slug());
        earlier.remove(slug);
        if (earlier.size() > MAX_EARLIER) {
            throw ArticleProblems.by(article, "had " + MAX_EARLIER + " slugs already, all of which lead to it");
        }
        return earlier;
    }
}
