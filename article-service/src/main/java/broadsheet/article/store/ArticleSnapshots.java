package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import java.util.List;

/** Articles as the other services know them: of a public one what readers see, and nothing of its correction. */
final class ArticleSnapshots {

    private ArticleSnapshots() {}

    static ArticleSnapshot of(Article article) {
        if (article.status() == Status.WITHDRAWN) {
            return tombstone(article);
        }
        return whole(article.isPublic() ? article.asPublished() : article);
    }

    /** Nothing that was written: any of it can be why the article was withdrawn. Its slug stands for the title. */
    private static ArticleSnapshot tombstone(Article article) {
        return new ArticleSnapshot(
                article.id(),
                article.version(),
                article.status(),
                article.slug(),
                article.url(),
                article.slug(),
                null,
                null,
                category(article),
                List.of(),
                List.of(),
                List.of(),
                article.content().language(),
                null,
                article.dates().published(),
                article.dates().updated());
    }

    private static ArticleSnapshot whole(Article article) {
        var content = article.content();
        return new ArticleSnapshot(
                article.id(),
                article.version(),
                article.status(),
                article.slug(),
                article.url(),
                content.title(),
                content.subtitle(),
                content.summary(),
                category(article),
                content.tags(),
                List.of(article.author().displayName()),
                content.credits().stream()
                        .map(credit -> new ArticleSnapshot.Credit(credit.role(), credit.name()))
                        .toList(),
                content.language(),
                content.coverImage(),
                article.dates().published(),
                article.dates().updated());
    }

    private static ArticleSnapshot.Section category(Article article) {
        var category = article.content().category();
        return new ArticleSnapshot.Section(category.slug(), category.name());
    }
}
