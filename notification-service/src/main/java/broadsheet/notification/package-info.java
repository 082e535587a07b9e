/** Tells readers what was published: the live stream, and later the subscriptions and their delivery. */
@NullMarked
package broadsheet.notification;

import org.jspecify.annotations.NullMarked;
