/** Who is told of an event. */
@NullMarked
package broadsheet.notification.delivery.matching;

import org.jspecify.annotations.NullMarked;
