@NullMarked
package broadsheet.testservers;

import org.jspecify.annotations.NullMarked;
