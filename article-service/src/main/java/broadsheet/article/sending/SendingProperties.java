package broadsheet.article.sending;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How accepted views reach Kafka.
 *
 * @param spool how the folders are called that keep views while Kafka is away: each instance adds a number of its own
 * @param spoolCapacity the most views that an instance's folder holds; more are refused with 503
 * @param waiting the most views that wait in memory for the acknowledgement of Kafka or the spool
 * @param flush whether Kafka forces each view to disk before it acknowledges it, not within a second after
 * @param deliveryTimeout how long Kafka may take before a view goes to the spool instead
 */
@Validated
@ConfigurationProperties("broadsheet.views")
record SendingProperties(
        @NotNull @DefaultValue("data/views.spool") Path spool,
        @Min(1) @DefaultValue("5000000") int spoolCapacity,
        @Min(1) @DefaultValue("20000") int waiting,
        @DefaultValue("false") boolean flush,
        @NotNull @DefaultValue("4s") Duration deliveryTimeout) {}
