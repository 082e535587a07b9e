@NullMarked
package broadsheet.web.precondition;

import org.jspecify.annotations.NullMarked;
