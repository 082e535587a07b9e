package broadsheet.article.view;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many views may come from one address (an IPv6 /64 is one); many readers may share one.
 *
 * @param perSecond in the long run
 * @param burst at once, after a while without any
 */
@Validated
@ConfigurationProperties("broadsheet.views.limit")
record ViewLimitProperties(
        @Min(1) @DefaultValue("200") int perSecond,
        @Min(1) @DefaultValue("2000") int burst) {}
