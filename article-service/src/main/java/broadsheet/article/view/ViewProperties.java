package broadsheet.article.view;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How views are accepted.
 *
 * @param ownOrigin the origin of our own pages; without one it is that of the host that a request is sent to
 * @param spool the file that keeps views while Kafka is away
 * @param spoolCapacity the most views that the file holds; more are refused with 503
 * @param waiting the most views that wait in memory for the acknowledgement of Kafka or the file
 * @param deliveryTimeout how long Kafka may take before a view goes to the file instead
 */
@Validated
@ConfigurationProperties("broadsheet.views")
record ViewProperties(
        @Nullable String ownOrigin,
        @NotNull @DefaultValue("data/views.spool") Path spool,
        @Min(1) @DefaultValue("5000000") int spoolCapacity,
        @Min(1) @DefaultValue("20000") int waiting,
        @NotNull @DefaultValue("5s") Duration deliveryTimeout) {}
