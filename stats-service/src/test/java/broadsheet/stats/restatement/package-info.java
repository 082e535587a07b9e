@NullMarked
package broadsheet.stats.restatement;

import org.jspecify.annotations.NullMarked;
