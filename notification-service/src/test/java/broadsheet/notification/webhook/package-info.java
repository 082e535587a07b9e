@NullMarked
package broadsheet.notification.webhook;

import org.jspecify.annotations.NullMarked;
