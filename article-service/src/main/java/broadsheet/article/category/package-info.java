/** The categories of articles and the API to them. */
@NullMarked
package broadsheet.article.category;

import org.jspecify.annotations.NullMarked;
