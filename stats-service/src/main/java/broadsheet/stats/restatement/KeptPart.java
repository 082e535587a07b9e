package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where a restatement from a day on parts what it keeps from what it counts.
 *
 * @param day midnight in UTC: days of articles before it are kept
 * @param hour hours of the ledger before it are kept: whatever was received in them is counted on a day before
 * @param replay views that were written before are in kept hours, so that the count begins with this time
 */
record KeptPart(Instant day, Instant hour, Instant replay) {

    static KeptPart before(Instant day, StatsProperties properties) {
        Instant hour = day.minus(properties.clockSkew()).truncatedTo(ChronoUnit.HOURS);
        return new KeptPart(day, hour, hour.minus(properties.clockSkew()));
    }
}
