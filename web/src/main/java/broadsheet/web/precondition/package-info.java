/** Conditions on which a write is made (RFC 9110, 13). */
@NullMarked
package broadsheet.web.precondition;

import org.jspecify.annotations.NullMarked;
