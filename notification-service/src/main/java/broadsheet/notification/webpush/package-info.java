/** Alerts to browsers by Web Push: encrypted for the browser (RFC 8291), signed by the site (RFC 8292). */
@NullMarked
package broadsheet.notification.webpush;

import org.jspecify.annotations.NullMarked;
