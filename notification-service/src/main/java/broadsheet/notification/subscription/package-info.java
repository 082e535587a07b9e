/** Who wants to be told of what, and when. */
@NullMarked
package broadsheet.notification.subscription;

import org.jspecify.annotations.NullMarked;
