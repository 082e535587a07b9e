/** Calls of addresses that strangers named: only where they may be called. */
@NullMarked
package broadsheet.web.outbound;

import org.jspecify.annotations.NullMarked;
