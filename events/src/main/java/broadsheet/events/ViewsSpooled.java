package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How many accepted views wait outside Kafka, in a spool of article-service.
 *
 * @param spool the spool's id, which it keeps whoever drains it
 */
public record ViewsSpooled(String spool, long waiting) implements Event {

    public ViewsSpooled {
        Required.text("spool", spool);
        Required.notNegative("waiting", waiting);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return spool;
    }
}
