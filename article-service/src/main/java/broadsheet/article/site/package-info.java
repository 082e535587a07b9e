/** The reader's pages. */
@NullMarked
package broadsheet.article.site;

import org.jspecify.annotations.NullMarked;
