@NullMarked
package broadsheet.web.operations;

import org.jspecify.annotations.NullMarked;
