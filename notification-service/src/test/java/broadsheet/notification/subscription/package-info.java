@NullMarked
package broadsheet.notification.subscription;

import org.jspecify.annotations.NullMarked;
