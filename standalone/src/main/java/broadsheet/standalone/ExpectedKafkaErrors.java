package broadsheet.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps out of the log what the embedded Kafka calls an error and is none.
 *
 * <p>A broker that was killed finds itself the leader of a group's partition, begins to load it, and is made its leader a
 * second time when it registers: the first load stops, the second one serves.
 */
final class ExpectedKafkaErrors extends TurboFilter {

    static final String LOGGER = "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime";

    private static final String LOAD_THAT_STARTS_AGAIN =
            "because the partition is not online or is no longer the leader";

    static void leaveOut() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.addTurboFilter(new ExpectedKafkaErrors());
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        return level == Level.ERROR
                        && logger.getName().equals(LOGGER)
                        && message != null
                        && message.contains(LOAD_THAT_STARTS_AGAIN)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
