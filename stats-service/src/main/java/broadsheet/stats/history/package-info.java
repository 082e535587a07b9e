/** What an article's readings were, day by day: when, by how many, and from where. */
@NullMarked
package broadsheet.stats.history;

import org.jspecify.annotations.NullMarked;
