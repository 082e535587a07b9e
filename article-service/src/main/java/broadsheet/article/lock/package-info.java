/** Who is editing an article just now. */
@NullMarked
package broadsheet.article.lock;

import org.jspecify.annotations.NullMarked;
