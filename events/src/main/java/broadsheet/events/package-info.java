/** The contract between the services: event records, topics, the codec. Depends on no framework. */
@NullMarked
package broadsheet.events;

import org.jspecify.annotations.NullMarked;
