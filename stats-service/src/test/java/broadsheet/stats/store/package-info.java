@NullMarked
package broadsheet.stats.store;

import org.jspecify.annotations.NullMarked;
