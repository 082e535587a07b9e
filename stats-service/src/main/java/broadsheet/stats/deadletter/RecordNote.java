package broadsheet.stats.deadletter;

import broadsheet.stats.position.Place;
import java.time.Instant;

/**
 * A record that could not be read.
 *
 * @param partition as positions name it
 */
record RecordNote(String partition, Place place, Instant notedAt) {}
