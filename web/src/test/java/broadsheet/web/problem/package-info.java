@NullMarked
package broadsheet.web.problem;

import org.jspecify.annotations.NullMarked;
