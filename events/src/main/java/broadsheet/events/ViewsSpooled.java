package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How many accepted views wait outside Kafka, in a spool of article-service.
 *
 * @param spool the spool's id, which it keeps whoever drains it
 * @param toldAgainWithinSeconds how long to believe it: an instance that runs tells again before; null where it is the
 *     last word of the spool until an instance has it again
 */
public record ViewsSpooled(
        String spool, long waiting, @Nullable Integer toldAgainWithinSeconds) implements Event {

    public ViewsSpooled {
        Required.text("spool", spool);
        Required.notNegative("waiting", waiting);
        Required.notNegative("toldAgainWithinSeconds", toldAgainWithinSeconds == null ? 0 : toldAgainWithinSeconds);
    }

    /** The last word of a spool. */
    public ViewsSpooled(String spool, long waiting) {
        this(spool, waiting, null);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return spool;
    }
}
