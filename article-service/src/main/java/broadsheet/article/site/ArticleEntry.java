package broadsheet.article.site;

import broadsheet.article.store.ListedArticle;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the home page or of a category's page; {@code article-entries.html} shows it.
 *
 * @param hits null while unknown
 */
record ArticleEntry(ListedArticle article, @Nullable Long hits) {}
