@NullMarked
package broadsheet.stats.kafka;

import org.jspecify.annotations.NullMarked;
