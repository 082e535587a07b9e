/** An article's hits over time. */
@NullMarked
package broadsheet.stats.series;

import org.jspecify.annotations.NullMarked;
