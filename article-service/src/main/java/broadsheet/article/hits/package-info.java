/** The hits of each article, as stats-service counts them and {@code news.hits} carries them. */
@NullMarked
package broadsheet.article.hits;

import org.jspecify.annotations.NullMarked;
