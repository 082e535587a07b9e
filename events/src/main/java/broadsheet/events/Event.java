package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What happened, as a topic carries it. */
public sealed interface Event permits NewsEvent, StaffEvent, AlertSent, ViewsSpooled, ViewsStopped {

    /** What the event is about: the newest event of a key replaces the earlier ones in a compacted topic. */
    @JsonIgnore
    String recordKey();

    @JsonIgnore
    default EventType type() {
        return EventType.of(this);
    }
}
