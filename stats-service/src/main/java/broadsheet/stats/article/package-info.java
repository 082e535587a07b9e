/** Titles and categories of articles, from {@code news.articles}. */
@NullMarked
package broadsheet.stats.article;

import org.jspecify.annotations.NullMarked;
