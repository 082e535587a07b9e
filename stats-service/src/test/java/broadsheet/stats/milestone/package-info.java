@NullMarked
package broadsheet.stats.milestone;

import org.jspecify.annotations.NullMarked;
