package broadsheet.stats.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.bson.Document;

/** The views that were received in an hour. */
record LedgerHour(Instant hour, @JsonUnwrapped LedgerColumns columns) {

    static LedgerHour of(Document stored) {
        return new LedgerHour(stored.getDate("start").toInstant(), LedgerColumns.of(stored));
    }
}
