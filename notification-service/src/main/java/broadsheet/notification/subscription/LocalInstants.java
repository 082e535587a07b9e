package broadsheet.notification.subscription;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** When clocks show a local time: once, twice where they are put back, and in passing where they are put forward over it. */
final class LocalInstants {

    private LocalInstants() {}

    /** All of them, the earliest first; of a time that is left out, the moment in which it is. */
    static List<Instant> of(LocalDateTime local, ZoneId zone) {
        var rules = zone.getRules();
        var change = rules.getTransition(local);
        if (change != null && change.isGap()) {
            return List.of(change.getInstant());
        }
        return rules.getValidOffsets(local).stream().map(local::toInstant).toList();
    }

    static Instant first(LocalDateTime local, ZoneId zone) {
        return of(local, zone).get(0);
    }
}
