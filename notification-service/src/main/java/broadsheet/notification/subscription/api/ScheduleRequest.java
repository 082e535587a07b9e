package broadsheet.notification.subscription.api;

import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.QuietHours;
import broadsheet.notification.subscription.Subscription.Schedule;
import broadsheet.web.problem.InvalidFieldException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The fields of a request that say when alerts may come. */
record ScheduleRequest(
        @Nullable DigestFrequency digest,
        @Nullable QuietHoursRequest quietHours,
        @Nullable String zone) {

    /** @param exceptBreaking whether breaking news comes all the same; it does where nothing is said */
    record QuietHoursRequest(
            @Nullable LocalTime from,
            @Nullable LocalTime to,
            @Nullable Boolean exceptBreaking) {

        static @Nullable QuietHoursRequest of(@Nullable QuietHours quiet) {
            return quiet == null ? null : new QuietHoursRequest(quiet.from(), quiet.to(), quiet.exceptBreaking());
        }

        private QuietHours toQuietHours() {
            if (from == null || to == null) {
                throw new InvalidFieldException(from == null ? "quietHours.from" : "quietHours.to", "is missing");
            }
            if (from.equals(to)) {
                throw new InvalidFieldException("quietHours", "begin and end at the same time");
            }
            return new QuietHours(from, to, exceptBreaking == null || exceptBreaking);
        }
    }

    /**
     * The schedule, as far as the channel has one: programs need neither digests nor sleep.
     *
     * @throws InvalidFieldException naming the field that does not fit
     */
    Schedule toSchedule(Channel channel) {
        DigestFrequency chosen = digest == null ? DigestFrequency.NONE : digest;
        if (chosen != DigestFrequency.NONE && channel != Channel.EMAIL) {
            throw new InvalidFieldException("digest", "is for e-mail alone");
        }
        if (quietHours != null && channel == Channel.WEBHOOK) {
            throw new InvalidFieldException("quietHours", "are not for webhooks");
        }
        return new Schedule(chosen, quietHours == null ? null : quietHours.toQuietHours(), toZone());
    }

    private ZoneId toZone() {
        try {
            return zone == null ? ZoneId.of("UTC") : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InvalidFieldException("zone", "is not a time zone, such as Europe/Berlin");
        }
    }
}
