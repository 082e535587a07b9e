@NullMarked
package broadsheet.notification;

import org.jspecify.annotations.NullMarked;
