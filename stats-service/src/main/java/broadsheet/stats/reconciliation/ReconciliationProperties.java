package broadsheet.stats.reconciliation;

import jakarta.validation.constraints.NotNull;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the projections are compared.
 *
 * @param nightlyAt the time of day in UTC
 */
@Validated
@ConfigurationProperties("broadsheet.stats.reconciliation")
record ReconciliationProperties(
        @NotNull @DefaultValue("03:00") LocalTime nightlyAt) {}
