@NullMarked
package broadsheet.stats.projection;

import org.jspecify.annotations.NullMarked;
