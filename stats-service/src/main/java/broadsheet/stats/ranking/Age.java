package broadsheet.stats.ranking;

import java.time.Duration;
import java.time.Instant;

/** The ages at which articles are compared. */
enum Age {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7));

    private final String label;
    private final Duration length;

    Age(String label, Duration length) {
        this.label = label;
        this.length = length;
    }

    String label() {
        return label;
    }

    /** When an article is so old. */
    Instant after(Instant publishedAt) {
        return publishedAt.plus(length);
    }

    /** The last publication of which an article is so old by now. */
    Instant before(Instant now) {
        return now.minus(length);
    }
}
