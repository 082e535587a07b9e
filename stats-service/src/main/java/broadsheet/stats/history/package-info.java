/** Hits and visitors of each article by hour and by day. */
@NullMarked
package broadsheet.stats.history;

import org.jspecify.annotations.NullMarked;
