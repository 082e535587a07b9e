package broadsheet.useragents;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Device;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code User-Agent} says of whoever opened a page.
 *
 * @param rule the one that told, such as {@code isbot: crawl}, at most 100 characters; null for a browser
 */
public record UserAgent(
        Agent agent, Device device, @Nullable String rule) {}
