@NullMarked
package broadsheet.notification.websub;

import org.jspecify.annotations.NullMarked;
