@NullMarked
package broadsheet.stats.classification;

import org.jspecify.annotations.NullMarked;
