/** The audit trail: who signed in, what was denied, who changed accounts and categories. */
@NullMarked
package broadsheet.web.audit;

import org.jspecify.annotations.NullMarked;
