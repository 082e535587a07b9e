@NullMarked
package broadsheet.notification.webpush;

import org.jspecify.annotations.NullMarked;
