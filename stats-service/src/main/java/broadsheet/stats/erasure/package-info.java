/** Erases articles' numbers for good. */
@NullMarked
package broadsheet.stats.erasure;

import org.jspecify.annotations.NullMarked;
