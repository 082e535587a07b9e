/** E-mail: alerts and digests, the double opt-in, unsubscribing, and what mail servers report back. */
@NullMarked
package broadsheet.notification.email;

import org.jspecify.annotations.NullMarked;
