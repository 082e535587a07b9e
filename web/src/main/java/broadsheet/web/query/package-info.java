/** The query parameters of calls: what a call does not declare is refused. */
@NullMarked
package broadsheet.web.query;

import org.jspecify.annotations.NullMarked;
