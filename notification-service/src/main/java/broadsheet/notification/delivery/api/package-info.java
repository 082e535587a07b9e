/** What operators and holders see of deliveries, and redelivery. */
@NullMarked
package broadsheet.notification.delivery.api;

import org.jspecify.annotations.NullMarked;
