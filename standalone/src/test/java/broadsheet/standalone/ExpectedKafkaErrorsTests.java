package broadsheet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.common.utils.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExpectedKafkaErrorsTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ExpectedKafkaErrors.LOGGER);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @AfterEach
    void logAsBefore() {
        logger.detachAppender(logged);
        logger.getLoggerContext().resetTurboFilterList();
    }

    @Test
    void aLoadThatStartsAgainIsLeftOutAndAFailedOneIsLogged() {
        logged.start();
        logger.addAppender(logged);
        ExpectedKafkaErrors.leaveOut();
        var kafkas = new LogContext("[GroupCoordinator id=1] ").logger(ExpectedKafkaErrors.LOGGER);

        kafkas.error(
                "Failed to load metadata from {} with epoch {} due to {}.",
                "__consumer_offsets-0",
                0,
                "Stopped loading records from __consumer_offsets-0 because the partition is not online or is no longer"
                        + " the leader.");
        kafkas.error(
                "Failed to load metadata from {} with epoch {} due to {}.", "__consumer_offsets-0", 0, "a bad record");

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[GroupCoordinator id=1] Failed to load metadata from __consumer_offsets-0 with epoch 0"
                                + " due to a bad record.");
    }
}
