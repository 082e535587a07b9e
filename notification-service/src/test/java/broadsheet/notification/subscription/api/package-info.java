@NullMarked
package broadsheet.notification.subscription.api;

import org.jspecify.annotations.NullMarked;
