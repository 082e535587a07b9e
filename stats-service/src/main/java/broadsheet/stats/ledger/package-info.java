/** What became of every view that was received. */
@NullMarked
package broadsheet.stats.ledger;

import org.jspecify.annotations.NullMarked;
