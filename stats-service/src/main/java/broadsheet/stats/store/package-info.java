/** The collections of this service: how they are reached, and their indexes. Each document is owned by its feature. */
@NullMarked
package broadsheet.stats.store;

import org.jspecify.annotations.NullMarked;
