/** How far each partition of the views is counted, and how far that is behind. */
@NullMarked
package broadsheet.stats.position;

import org.jspecify.annotations.NullMarked;
