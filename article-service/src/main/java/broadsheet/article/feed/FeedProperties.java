package broadsheet.article.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What feeds hold.
 *
 * @param entries the newest so many articles
 * @param maxBodies of all bodies together; an entry whose body goes beyond has its summary alone
 * @param hub the WebSub hub that is told when {@code /atom.xml} changes; that feed names it
 */
@Validated
@ConfigurationProperties("broadsheet.feed")
record FeedProperties(
        @DefaultValue("20") @Min(1) @Max(100) int entries,
        @NotNull @DefaultValue("512KB") DataSize maxBodies,
        @Nullable String hub) {}
