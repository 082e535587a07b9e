/** Which subscriber is told of which event: matching, sending with retries, and the ledger of both. */
@NullMarked
package broadsheet.notification.delivery;

import org.jspecify.annotations.NullMarked;
