/** Calls of receivers that strangers named: only where they may be called, and never for long. */
@NullMarked
package broadsheet.notification.outbound;

import org.jspecify.annotations.NullMarked;
