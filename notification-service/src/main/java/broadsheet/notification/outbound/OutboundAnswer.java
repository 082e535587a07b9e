package broadsheet.notification.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param retryAfter for how long it asked to be left alone, a day at most
 */
public record OutboundAnswer(int status, @Nullable Duration retryAfter) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
