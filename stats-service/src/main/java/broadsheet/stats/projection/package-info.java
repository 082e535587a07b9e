/** Counts classified views in documents, each view exactly once in each document. */
@NullMarked
package broadsheet.stats.projection;

import org.jspecify.annotations.NullMarked;
