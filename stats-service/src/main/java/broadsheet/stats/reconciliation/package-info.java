/** Checks that the projections agree: the sums of totals, hours, days and the ledger are one number. */
@NullMarked
package broadsheet.stats.reconciliation;

import org.jspecify.annotations.NullMarked;
