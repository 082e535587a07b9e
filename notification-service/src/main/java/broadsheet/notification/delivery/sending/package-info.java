/** Sending what is due: claims, messages, retries, and what became of them. */
@NullMarked
package broadsheet.notification.delivery.sending;

import org.jspecify.annotations.NullMarked;
