/** The sections of the site. */
@NullMarked
package broadsheet.article.category;

import org.jspecify.annotations.NullMarked;
