package broadsheet.article.site;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.Articles;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.ListedArticle;
import broadsheet.web.paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the entries of the home page and of a category's page: published articles, newest first. */
@Component
class ArticleEntries {

    private final Articles articles;
    private final Hits hits;

    ArticleEntries(Articles articles, Hits hits) {
        this.articles = articles;
        this.hits = hits;
    }

    /** The entries of a category, or of all where none is named, that follow the cursor. */
    Mono<Page<ArticleEntry>> list(@Nullable String category, @Nullable ListCursor after, int limit) {
        return articles.list(ArticleFilter.published(category, after), limit)
                .collectList()
                .map(found -> Page.of(found, limit, this::entry, ListCursor::of));
    }

    private ArticleEntry entry(ListedArticle article) {
        return new ArticleEntry(article, hits.of(article.id()).hits());
    }
}
