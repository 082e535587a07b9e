@NullMarked
package broadsheet.embedded;

import org.jspecify.annotations.NullMarked;
