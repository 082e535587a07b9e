package broadsheet.stats.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long history is kept in detail.
 *
 * @param hoursKept after this time hours are deleted, and only their days stay; null: never. The longest ranking looks back
 *     30 days, to the hour
 */
@ConfigurationProperties("broadsheet.stats.history")
record HistoryProperties(@Nullable Duration hoursKept) {

    private static final Duration SHORTEST = Duration.ofDays(32);

    HistoryProperties {
        if (hoursKept != null && hoursKept.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "broadsheet.stats.history.hours-kept must be 32 days or more: " + hoursKept);
        }
    }
}
