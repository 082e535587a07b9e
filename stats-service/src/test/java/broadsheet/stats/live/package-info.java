@NullMarked
package broadsheet.stats.live;

import org.jspecify.annotations.NullMarked;
