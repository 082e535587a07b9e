/** Takes over the counts of WordPress counters and of Plausible, so that an article's readers of before are not lost. */
@NullMarked
package broadsheet.stats.imports;

import org.jspecify.annotations.NullMarked;
