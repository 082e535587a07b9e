package broadsheet.notification.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic of articles.
 *
 * @param time when it was written
 * @param event none where it is not public or could not be read
 */
record ArticleRecord(
        int partition, long offset, Instant time, @Nullable PublicEvent event) {

    ArticleRecord withoutEvent() {
        return new ArticleRecord(partition, offset, time, null);
    }
}
