/** Who calls, and what they may: staff sessions, public calls, roles. */
@NullMarked
package broadsheet.web.access;

import org.jspecify.annotations.NullMarked;
