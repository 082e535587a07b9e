@NullMarked
package broadsheet.stats.referrer;

import org.jspecify.annotations.NullMarked;
