/** What is read: exact hits, visitors, series, rankings and the ledger that proves them. */
@NullMarked
package broadsheet.stats;

import org.jspecify.annotations.NullMarked;
