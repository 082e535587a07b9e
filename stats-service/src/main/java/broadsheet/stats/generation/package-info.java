/** Generations of projections: which ones are counted, and which one of each projection is served. */
@NullMarked
package broadsheet.stats.generation;

import org.jspecify.annotations.NullMarked;
