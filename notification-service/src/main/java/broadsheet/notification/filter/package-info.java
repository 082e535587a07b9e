/** Which articles someone wants to hear of. */
@NullMarked
package broadsheet.notification.filter;

import org.jspecify.annotations.NullMarked;
