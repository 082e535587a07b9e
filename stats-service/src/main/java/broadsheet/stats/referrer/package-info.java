/** Where readers come from, by what their views say. */
@NullMarked
package broadsheet.stats.referrer;

import org.jspecify.annotations.NullMarked;
