/** Hits that were counted elsewhere, before, and are added to those counted here. */
@NullMarked
package broadsheet.stats.imported;

import org.jspecify.annotations.NullMarked;
