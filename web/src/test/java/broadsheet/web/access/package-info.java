@NullMarked
package broadsheet.web.access;

import org.jspecify.annotations.NullMarked;
