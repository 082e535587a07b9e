/** The totals of hits as stats-service announces them. */
@NullMarked
package broadsheet.article.hits;

import org.jspecify.annotations.NullMarked;
