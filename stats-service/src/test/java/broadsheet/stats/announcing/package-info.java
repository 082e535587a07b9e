@NullMarked
package broadsheet.stats.announcing;

import org.jspecify.annotations.NullMarked;
