/** Takes in articles that were written elsewhere, in jobs that any instance carries on. */
@NullMarked
package broadsheet.article.imports;

import org.jspecify.annotations.NullMarked;
