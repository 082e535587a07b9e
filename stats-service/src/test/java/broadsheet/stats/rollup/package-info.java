@NullMarked
package broadsheet.stats.rollup;

import org.jspecify.annotations.NullMarked;
