package broadsheet.article.site;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.Articles;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.ListedArticle;
import java.util.List;
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
    Mono<EntriesPage> list(@Nullable String category, @Nullable ListCursor after, int limit) {
        return articles.list(ArticleFilter.published(category, after), limit)
                .collectList()
                .map(found -> page(found, limit));
    }

    private EntriesPage page(List<ListedArticle> found, int limit) {
        List<ListedArticle> shown = found.subList(0, Math.min(limit, found.size()));
        String older =
                found.size() > limit ? ListCursor.of(shown.get(limit - 1)).toString() : null;
        return new EntriesPage(
                shown.stream()
                        .map(article ->
                                new ArticleEntry(article, hits.of(article.id()).hits()))
                        .toList(),
                older);
    }

    /** @param older the cursor of what comes next, null where nothing does */
    record EntriesPage(List<ArticleEntry> entries, @Nullable String older) {}
}
