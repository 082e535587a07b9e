@NullMarked
package broadsheet.stats.generation;

import org.jspecify.annotations.NullMarked;
