/** A Kafka broker and a MongoDB-compatible server inside this process, with their data on disk. */
@NullMarked
package broadsheet.embedded;

import org.jspecify.annotations.NullMarked;
