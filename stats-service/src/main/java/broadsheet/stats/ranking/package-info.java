/** The most read articles. */
@NullMarked
package broadsheet.stats.ranking;

import org.jspecify.annotations.NullMarked;
