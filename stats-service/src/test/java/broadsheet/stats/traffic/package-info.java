@NullMarked
package broadsheet.stats.traffic;

import org.jspecify.annotations.NullMarked;
