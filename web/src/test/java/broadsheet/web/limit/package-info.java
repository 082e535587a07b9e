@NullMarked
package broadsheet.web.limit;

import org.jspecify.annotations.NullMarked;
