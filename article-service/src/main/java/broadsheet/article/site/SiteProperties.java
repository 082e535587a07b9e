package broadsheet.article.site;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** How the site is called, in its masthead and in the title of each page. */
@Validated
@ConfigurationProperties("broadsheet.site")
record SiteProperties(@NotBlank @DefaultValue("Broadsheet") String name) {}
