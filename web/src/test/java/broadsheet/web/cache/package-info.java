@NullMarked
package broadsheet.web.cache;

import org.jspecify.annotations.NullMarked;
