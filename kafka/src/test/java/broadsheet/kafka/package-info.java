@NullMarked
package broadsheet.kafka;

import org.jspecify.annotations.NullMarked;
