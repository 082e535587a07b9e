@NullMarked
package broadsheet.stats.ranking;

import org.jspecify.annotations.NullMarked;
