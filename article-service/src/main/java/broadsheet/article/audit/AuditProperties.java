package broadsheet.article.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param keep how long entries are kept where they can be searched */
@Validated
@ConfigurationProperties("broadsheet.audit")
record AuditProperties(
        @DefaultValue("365d") @DurationMin(hours = 1) Duration keep) {}
