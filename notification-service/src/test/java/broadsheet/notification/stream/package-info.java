@NullMarked
package broadsheet.notification.stream;

import org.jspecify.annotations.NullMarked;
