/** Turns views into counts, each exactly once. */
@NullMarked
package broadsheet.stats.counting;

import org.jspecify.annotations.NullMarked;
