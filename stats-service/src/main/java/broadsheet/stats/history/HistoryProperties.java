package broadsheet.stats.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an article's history is kept in detail, counted from the end of its day in UTC.
 *
 * @param minutesKept after this time hits are kept by the quarter of an hour
 * @param sketchesKept after this time visitors are kept as numbers, not as sketches
 */
@ConfigurationProperties("broadsheet.stats.history")
public record HistoryProperties(
        @DefaultValue("48h") Duration minutesKept,
        @DefaultValue("35d") Duration sketchesKept) {

    public HistoryProperties {
        if (minutesKept.isNegative() || sketchesKept.compareTo(minutesKept) < 0) {
            throw new IllegalArgumentException(
                    "broadsheet.stats.history.sketches-kept must be as long as minutes-kept or longer, and that not negative: "
                            + sketchesKept + ", " + minutesKept);
        }
    }
}
