/** Lists in pages. */
@NullMarked
package broadsheet.web.paging;

import org.jspecify.annotations.NullMarked;
