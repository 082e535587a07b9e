@NullMarked
package broadsheet.stats.deadletter;

import org.jspecify.annotations.NullMarked;
