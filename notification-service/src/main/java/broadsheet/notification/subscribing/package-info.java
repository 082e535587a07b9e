/** The API by which anyone subscribes, and by which the holder of a subscription manages it. */
@NullMarked
package broadsheet.notification.subscribing;

import org.jspecify.annotations.NullMarked;
