package broadsheet.notification.subscription;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of each day, or night, in which someone is not to be disturbed. Once a day, also where clocks are put back.
 *
 * @param to on the next day where it is before {@code from}; itself no longer quiet
 * @param exceptBreaking whether breaking news is sent all the same
 */
public record QuietHours(LocalTime from, LocalTime to, boolean exceptBreaking) {

    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("Quiet hours that begin and end at " + from);
        }
    }

    /** The time itself where it is not quiet, otherwise the end of the quiet hours. */
    Instant endAt(Instant time, ZoneId zone) {
        Instant end = time;
        for (var later = quietUntil(end, zone); later.isPresent(); later = quietUntil(end, zone)) {
            end = later.get(); // once, but where a zone left out a whole day
        }
        return end;
    }

    private Optional<Instant> quietUntil(Instant time, ZoneId zone) {
        LocalDate today = time.atZone(zone).toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .filter(day -> !LocalInstants.first(day.atTime(from), zone).isAfter(time))
                .map(day -> LocalInstants.first(lastDay(day).atTime(to), zone))
                .filter(end -> end.isAfter(time))
                .findFirst();
    }

    private LocalDate lastDay(LocalDate firstDay) {
        return to.isBefore(from) ? firstDay.plusDays(1) : firstDay;
    }
}
