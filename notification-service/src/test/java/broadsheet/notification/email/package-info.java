@NullMarked
package broadsheet.notification.email;

import org.jspecify.annotations.NullMarked;
