@NullMarked
package broadsheet.stats.reconciliation;

import org.jspecify.annotations.NullMarked;
