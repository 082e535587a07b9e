/** What is counted now: each instance tells the others once a second, and each of them answers for all. */
@NullMarked
package broadsheet.stats.live;

import org.jspecify.annotations.NullMarked;
