package broadsheet.standalone;

import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Logs the address and the time taken once everything is ready. */
final class ReadyMessage {

    private static final Logger log = LoggerFactory.getLogger(ReadyMessage.class);

    @EventListener
    void ready(ApplicationReadyEvent event) {
        String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
        Duration taken = Objects.requireNonNullElse(event.getTimeTaken(), Duration.ZERO);
        log.info(
                "Broadsheet is ready after {} s: http://localhost:{}/ (API at /api, health at /actuator/health)",
                taken.toMillis() / 1000.0,
                port);
    }
}
