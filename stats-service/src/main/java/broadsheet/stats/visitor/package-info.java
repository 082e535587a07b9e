/** Who is the same visitor, and how many there were. */
@NullMarked
package broadsheet.stats.visitor;

import org.jspecify.annotations.NullMarked;
