/** Accepts views: which requests count, and who made them. */
@NullMarked
package broadsheet.article.view;

import org.jspecify.annotations.NullMarked;
