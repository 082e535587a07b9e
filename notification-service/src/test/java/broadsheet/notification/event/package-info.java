@NullMarked
package broadsheet.notification.event;

import org.jspecify.annotations.NullMarked;
