@NullMarked
package broadsheet.stats.counting;

import org.jspecify.annotations.NullMarked;
