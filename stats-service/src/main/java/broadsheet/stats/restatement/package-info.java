/** All views counted again by the rules of the running release, when an operator asks for it. */
@NullMarked
package broadsheet.stats.restatement;

import org.jspecify.annotations.NullMarked;
