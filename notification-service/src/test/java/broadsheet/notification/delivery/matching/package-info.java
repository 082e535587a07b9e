@NullMarked
package broadsheet.notification.delivery.matching;

import org.jspecify.annotations.NullMarked;
