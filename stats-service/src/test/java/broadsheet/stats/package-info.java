@NullMarked
package broadsheet.stats;

import org.jspecify.annotations.NullMarked;
