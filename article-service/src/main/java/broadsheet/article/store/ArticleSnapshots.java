package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot;
import java.util.List;

/** Articles as the other services know them. */
final class ArticleSnapshots {

    private ArticleSnapshots() {}

    static ArticleSnapshot of(Article article) {
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
                new ArticleSnapshot.Section(
                        content.category().slug(), content.category().name()),
                content.tags(),
                List.of(article.author().displayName()),
                content.language(),
                content.coverImage(),
                article.dates().published(),
                article.dates().updated());
    }
}
