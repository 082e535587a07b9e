@NullMarked
package broadsheet.notification.key;

import org.jspecify.annotations.NullMarked;
