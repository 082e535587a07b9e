/** Days of the whole site, added up from those of its articles. */
@NullMarked
package broadsheet.stats.rollup;

import org.jspecify.annotations.NullMarked;
