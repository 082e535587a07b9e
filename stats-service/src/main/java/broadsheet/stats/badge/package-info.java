/** An article's hits as an image, for pages that cannot ask for JSON. */
@NullMarked
package broadsheet.stats.badge;

import org.jspecify.annotations.NullMarked;
