/** The API by which readers and staff read articles and lists of them. */
@NullMarked
package broadsheet.article.reading;

import org.jspecify.annotations.NullMarked;
