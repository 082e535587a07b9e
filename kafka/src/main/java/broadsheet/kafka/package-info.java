/** What all services share of Kafka: reading a whole topic on every instance. */
@NullMarked
package broadsheet.kafka;

import org.jspecify.annotations.NullMarked;
