/** Tells the other services an article's total of hits. */
@NullMarked
package broadsheet.stats.announcing;

import org.jspecify.annotations.NullMarked;
