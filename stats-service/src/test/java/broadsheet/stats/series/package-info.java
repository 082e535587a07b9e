@NullMarked
package broadsheet.stats.series;

import org.jspecify.annotations.NullMarked;
