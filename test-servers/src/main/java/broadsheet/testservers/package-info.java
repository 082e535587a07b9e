/** The MongoDB and the Kafka that tests run on: containers where Docker answers, embedded servers where it does not. */
@NullMarked
package broadsheet.testservers;

import org.jspecify.annotations.NullMarked;
