package broadsheet.article.site;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the site is called and where it is.
 *
 * @param name in its masthead and in the title of each page
 * @param baseUrl the origin that readers open, such as {@code https://news.example}; without one pages name no address of
 *     their own, since the Host that a client sends is not to be believed
 */
@Validated
@ConfigurationProperties("broadsheet.site")
record SiteProperties(
        @NotBlank @DefaultValue("Broadsheet") String name,
        @Nullable String baseUrl) {

    SiteProperties {
        if (baseUrl != null && !baseUrl.isBlank() && !baseUrl.matches("https?://[^/?#@\\s]+/?")) {
            throw new IllegalArgumentException(
                    "broadsheet.site.base-url must be an origin such as https://news.example, not " + baseUrl);
        }
    }
}
