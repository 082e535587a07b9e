@NullMarked
package broadsheet.notification.delivery.api;

import org.jspecify.annotations.NullMarked;
