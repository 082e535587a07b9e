/** Hits over time, of an article and of the site. */
@NullMarked
package broadsheet.stats.series;

import org.jspecify.annotations.NullMarked;
