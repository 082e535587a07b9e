package broadsheet.article.imports.picture;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the pictures of imported articles may reach and cost.
 *
 * @param allow networks (CIDR) besides the open internet that pictures may be fetched from, on any port
 * @param connectWithin how long a connection may take
 * @param fetchWithin how long a picture may take to arrive
 * @param mostPerArticle further ones stay where they are
 */
@Validated
@ConfigurationProperties("broadsheet.imports.pictures")
record PictureProperties(
        @DefaultValue List<String> allow,
        @DurationMin(millis = 10) @DefaultValue("5s") Duration connectWithin,
        @DurationMin(millis = 10) @DefaultValue("30s") Duration fetchWithin,
        @Min(0) @DefaultValue("200") int mostPerArticle) {}
