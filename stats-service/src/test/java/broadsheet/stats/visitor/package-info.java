@NullMarked
package broadsheet.stats.visitor;

import org.jspecify.annotations.NullMarked;
