@NullMarked
package broadsheet.web.outbound;

import org.jspecify.annotations.NullMarked;
