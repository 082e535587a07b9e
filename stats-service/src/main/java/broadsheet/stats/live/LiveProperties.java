package broadsheet.stats.live;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the live numbers.
 *
 * @param topic by which the instances tell each other what they count
 * @param streams how many may be open on an instance
 */
@Validated
@ConfigurationProperties("broadsheet.stats.live")
record LiveProperties(
        @NotBlank @DefaultValue("stats.live") String topic,
        @Min(1) @DefaultValue("200") int streams) {}
