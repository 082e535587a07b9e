package broadsheet.stats.referrer;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param baseUrl the site's address: what links from its pages to its articles came from the site itself; null where none is set */
@ConfigurationProperties("broadsheet.stats.referrer")
record ReferrerProperties(@Nullable URI baseUrl) {}
