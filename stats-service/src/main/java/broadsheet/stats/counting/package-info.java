/** Consumes the views: classifies each batch, writes it to the projections and remembers how far it came. */
@NullMarked
package broadsheet.stats.counting;

import org.jspecify.annotations.NullMarked;
