/** The ledger: how every record that was received is classified, per hour. */
@NullMarked
package broadsheet.stats.ledger;

import org.jspecify.annotations.NullMarked;
