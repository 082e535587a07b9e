@NullMarked
package broadsheet.web.audit;

import org.jspecify.annotations.NullMarked;
