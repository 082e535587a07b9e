package broadsheet.stats.alert;

import broadsheet.events.AlertSent;
import broadsheet.stats.history.ReadingsByKey.Readings;
import org.jspecify.annotations.Nullable;

/**
 * An alert by one channel.
 *
 * @param sent null for the stream, which does not know who reads it
 * @param opened hits of the article that its link led to
 * @param readers the distinct visitors of each day, added up
 */
record ChannelResponse(
        String channel,
        @Nullable Long sent,
        @Nullable Long failed,
        @Nullable Long waiting,
        long opened,
        long readers) {

    static ChannelResponse of(AlertSent alert, Readings opened) {
        return new ChannelResponse(
                nameOf(alert), alert.sent(), alert.failed(), alert.waiting(), opened.hits(), opened.visitors());
    }

    /** What stands behind the event's id in the ids of alerts. */
    static String nameOf(AlertSent alert) {
        return switch (alert.channel()) {
            case EMAIL -> "email";
            case WEBHOOK -> "webhook";
            case WEBPUSH -> "webpush";
        };
    }
}
