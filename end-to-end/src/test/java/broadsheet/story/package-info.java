@NullMarked
package broadsheet.story;

import org.jspecify.annotations.NullMarked;
