@NullMarked
package broadsheet.notification.subscribing;

import org.jspecify.annotations.NullMarked;
