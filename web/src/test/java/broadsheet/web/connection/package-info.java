@NullMarked
package broadsheet.web.connection;

import org.jspecify.annotations.NullMarked;
