/** What the service asks of Kafka beside listening: topics, their ids and ends, dead letters. */
@NullMarked
package broadsheet.stats.kafka;

import org.jspecify.annotations.NullMarked;
