package broadsheet.article.view;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which views are ours.
 *
 * @param ownOrigin the origin of our own pages; without one it is that of the host that a request is sent to
 */
@ConfigurationProperties("broadsheet.views")
record ViewProperties(@Nullable String ownOrigin) {}
