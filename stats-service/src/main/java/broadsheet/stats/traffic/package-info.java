/** What is noticed in the readings of the last hour: articles that are trending, and such that are hardly read any more. */
@NullMarked
package broadsheet.stats.traffic;

import org.jspecify.annotations.NullMarked;
