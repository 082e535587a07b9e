/** The fault run: views while services, Kafka and MongoDB are killed and paused, and whether each was counted once. */
@NullMarked
package broadsheet.faults;

import org.jspecify.annotations.NullMarked;
