/** What every way to reach a subscriber does; each channel is a package of its own. */
@NullMarked
package broadsheet.notification.channel;

import org.jspecify.annotations.NullMarked;
