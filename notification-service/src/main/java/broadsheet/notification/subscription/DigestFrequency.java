package broadsheet.notification.subscription;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.TemporalAdjusters.nextOrSame;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much news is gathered into one message, by the subscriber's clock. */
public enum DigestFrequency {
    /** Each at once. */
    @JsonProperty("none")
    NONE,
    /** At each full hour. */
    @JsonProperty("hourly")
    HOURLY,
    /** At 7 in the morning. */
    @JsonProperty("daily")
    DAILY,
    /** On Mondays at 7 in the morning. */
    @JsonProperty("weekly")
    WEEKLY;

    private static final LocalTime MORNING = LocalTime.of(7, 0);

    /**
     * When an event is to be told: at once or with the next digest after it, and not in quiet hours but at their end, unless
     * they let breaking news through.
     */
    public Instant dueAt(Instant event, ZoneId zone, @Nullable QuietHours quietHours, boolean breaking) {
        Instant due = nextAfter(event, zone);
        return quietHours == null || (breaking && quietHours.exceptBreaking()) ? due : quietHours.endAt(due, zone);
    }

    private Instant nextAfter(Instant event, ZoneId zone) {
        LocalDateTime local = event.atZone(zone).toLocalDateTime();
        LocalDate today = local.toLocalDate();
        LocalDateTime hour = local.truncatedTo(ChronoUnit.HOURS);
        return switch (this) {
            case NONE -> event;
            case HOURLY ->
                Stream.of(hour, hour.plusHours(1))
                        .flatMap(next -> LocalInstants.of(next, zone).stream())
                        .filter(next -> next.isAfter(event))
                        .min(Instant::compareTo)
                        .orElseThrow();
            case DAILY -> firstAfter(event, zone, Stream.iterate(today, day -> day.plusDays(1)));
            case WEEKLY ->
                firstAfter(event, zone, Stream.iterate(today.with(nextOrSame(MONDAY)), day -> day.plusWeeks(1)));
        };
    }

    private static Instant firstAfter(Instant event, ZoneId zone, Stream<LocalDate> days) {
        return days.map(day -> LocalInstants.first(day.atTime(MORNING), zone))
                .filter(morning -> morning.isAfter(event))
                .findFirst()
                .orElseThrow();
    }
}
