@NullMarked
package broadsheet.stats.badge;

import org.jspecify.annotations.NullMarked;
