package broadsheet.stats.deadletter;

import broadsheet.stats.position.Place;
import java.time.Instant;

/**
 * A record that could not be read.
 *
 * @param partition its number
 */
record RecordNote(int partition, Place place, Instant notedAt) {}
