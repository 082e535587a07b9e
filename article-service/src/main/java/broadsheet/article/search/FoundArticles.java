package broadsheet.article.search;

import broadsheet.article.store.ListedArticle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was found.
 *
 * @param nextCursor null where there are no more
 */
public record FoundArticles(
        List<FoundArticle> articles, @Nullable String nextCursor) {

    /**
     * An article of it.
     *
     * @param highlights null where no words were searched for, or the article has changed since
     */
    public record FoundArticle(
            ListedArticle article, @Nullable Highlights highlights) {}
}
