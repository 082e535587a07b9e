@NullMarked
package broadsheet.stats.history;

import org.jspecify.annotations.NullMarked;
