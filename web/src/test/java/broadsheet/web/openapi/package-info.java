@NullMarked
package broadsheet.web.openapi;

import org.jspecify.annotations.NullMarked;
