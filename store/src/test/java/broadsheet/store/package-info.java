@NullMarked
package broadsheet.store;

import org.jspecify.annotations.NullMarked;
