@NullMarked
package broadsheet.notification.filter;

import org.jspecify.annotations.NullMarked;
