/** Alerts to receivers of HTTP requests, as Standard Webhooks says. */
@NullMarked
package broadsheet.notification.webhook;

import org.jspecify.annotations.NullMarked;
