@NullMarked
package broadsheet.stats.export;

import org.jspecify.annotations.NullMarked;
