/** The collections of this service and their indexes. */
@NullMarked
package broadsheet.notification.store;

import org.jspecify.annotations.NullMarked;
