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

/** Published articles as the pages list them, newest first. */
@Component
class ArticleListings {

    private final Articles articles;
    private final Hits hits;

    ArticleListings(Articles articles, Hits hits) {
        this.articles = articles;
        this.hits = hits;
    }

    /** So many of a section, or of all where none is named, behind the cursor. */
    Mono<Listing> list(@Nullable String section, @Nullable ListCursor after, int limit) {
        return articles.list(ArticleFilter.published(section, after), limit)
                .collectList()
                .map(found -> listing(found, limit));
    }

    private Listing listing(List<ListedArticle> found, int limit) {
        List<ListedArticle> shown = found.subList(0, Math.min(limit, found.size()));
        String older =
                found.size() > limit ? ListCursor.of(shown.get(limit - 1)).toString() : null;
        return new Listing(
                shown.stream()
                        .map(article -> new Line(article, hits.of(article.id()).hits()))
                        .toList(),
                older);
    }

    /** @param older the cursor of what comes next, null where nothing does */
    record Listing(List<Line> lines, @Nullable String older) {}

    record Line(ListedArticle article, @Nullable Long hits) {}
}
