/** The API by which staff write articles and move them through the workflow. */
@NullMarked
package broadsheet.article.editing;

import org.jspecify.annotations.NullMarked;
