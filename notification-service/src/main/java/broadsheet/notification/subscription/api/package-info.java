/** The calls by which anyone subscribes and holders manage. */
@NullMarked
package broadsheet.notification.subscription.api;

import org.jspecify.annotations.NullMarked;
