/** The three services in one process, over embedded servers. */
@NullMarked
package broadsheet.standalone;

import org.jspecify.annotations.NullMarked;
