@NullMarked
package broadsheet.notification.delivery.sending;

import org.jspecify.annotations.NullMarked;
