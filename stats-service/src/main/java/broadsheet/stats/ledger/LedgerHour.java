package broadsheet.stats.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** The views that were received in an hour. */
record LedgerHour(Instant hour, @JsonUnwrapped LedgerColumns columns) {}
