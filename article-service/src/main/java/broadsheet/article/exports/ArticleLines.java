package broadsheet.article.exports;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.exports.ArticleLine.AuthorLine;
import broadsheet.article.exports.ArticleLine.BodyLine;
import broadsheet.article.exports.ArticleLine.CategoryName;
import broadsheet.article.exports.ArticleLine.CorrectionLine;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleDates;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.Schedule;
import broadsheet.article.workflow.StaffMember;
import broadsheet.article.workflow.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Articles as the export writes them. */
public final class ArticleLines {

    private ArticleLines() {}

    /**
     * All that is known of an article.
     *
     * @param sourceId what another system called it; null for what was written here
     * @param history its steps, oldest first
     */
    public static ArticleLine of(Article article, @Nullable String sourceId, List<Transition> history) {
        Content content = article.content();
        ArticleDates dates = article.dates();
        Schedule schedule = article.schedule();
        return new ArticleLine(
                article.id(),
                sourceId,
                article.version(),
                article.status(),
                article.slug(),
                article.earlierSlugs(),
                content.title(),
                content.subtitle(),
                content.summary(),
                body(content.body()),
                category(content.category()),
                content.tags(),
                content.language(),
                content.credits(),
                content.coverImage(),
                author(article.author()),
                dates.created(),
                dates.updated(),
                dates.published(),
                dates.corrected(),
                dates.correctionNote(),
                dates.withdrawn(),
                dates.withdrawalNote(),
                schedule == null ? null : schedule.at(),
                schedule == null ? null : author(schedule.by()),
                article.saved(),
                history,
                article.writers(),
                article.approvedVersion(),
                article.publicVersion(),
                correction(article.correction()));
    }

    private static @Nullable CorrectionLine correction(@Nullable Correction correction) {
        if (correction == null) {
            return null;
        }
        Content content = correction.content();
        return new CorrectionLine(
                correction.stage(),
                correction.writers(),
                content.title(),
                content.subtitle(),
                content.summary(),
                body(content.body()),
                category(content.category()),
                content.tags(),
                content.language(),
                content.credits(),
                content.coverImage(),
                correction.saved());
    }

    private static BodyLine body(Body body) {
        return new BodyLine(body.format(), body.text());
    }

    private static CategoryName category(CategoryLabel label) {
        return new CategoryName(label.slug(), label.name());
    }

    private static AuthorLine author(StaffMember author) {
        return new AuthorLine(author.username(), author.displayName());
    }
}
