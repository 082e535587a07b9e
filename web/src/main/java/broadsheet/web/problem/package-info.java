/** Errors as problem details (RFC 9457). */
@NullMarked
package broadsheet.web.problem;

import org.jspecify.annotations.NullMarked;
