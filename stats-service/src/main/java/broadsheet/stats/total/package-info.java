/** An article's total hits: counted, asked for, and sent to {@code news.hits} for the other services. */
@NullMarked
package broadsheet.stats.total;

import org.jspecify.annotations.NullMarked;
