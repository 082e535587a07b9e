/** How often strangers may call. */
@NullMarked
package broadsheet.web.limit;

import org.jspecify.annotations.NullMarked;
