@NullMarked
package broadsheet.standalone;

import org.jspecify.annotations.NullMarked;
