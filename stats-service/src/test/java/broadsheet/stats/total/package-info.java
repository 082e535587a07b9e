@NullMarked
package broadsheet.stats.total;

import org.jspecify.annotations.NullMarked;
