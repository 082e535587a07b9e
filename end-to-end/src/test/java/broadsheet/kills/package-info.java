/** The kill run: alerts while instances of notification-service are killed, and whether each subscriber got each event. */
@NullMarked
package broadsheet.kills;

import org.jspecify.annotations.NullMarked;
