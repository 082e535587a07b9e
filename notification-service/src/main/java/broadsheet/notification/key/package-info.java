/** The secrets of this service itself, which all its instances share. */
@NullMarked
package broadsheet.notification.key;

import org.jspecify.annotations.NullMarked;
