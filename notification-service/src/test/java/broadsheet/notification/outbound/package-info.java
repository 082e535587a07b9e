@NullMarked
package broadsheet.notification.outbound;

import org.jspecify.annotations.NullMarked;
