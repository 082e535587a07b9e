@NullMarked
package broadsheet.stats.imports;

import org.jspecify.annotations.NullMarked;
