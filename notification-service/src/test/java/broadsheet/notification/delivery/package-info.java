@NullMarked
package broadsheet.notification.delivery;

import org.jspecify.annotations.NullMarked;
