package broadsheet.stats.erased;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an article's numbers go. Shorter times are for tests: within these every instance notices, and totals that were on their
 * way have arrived.
 *
 * @param begunAfter so long after the request every instance knows of it, and what was being written is written
 * @param repeatedAfter so long after that no total is on its way any more that was read before
 * @param sweptEvery how often what has come since is looked for
 * @param fencesKept so long it is noted up to which record an erased article was counted, for one that is delivered again
 */
@ConfigurationProperties("broadsheet.stats.erasure")
public record ErasureProperties(
        @DefaultValue("1m") Duration begunAfter,
        @DefaultValue("6m") Duration repeatedAfter,
        @DefaultValue("1m") Duration sweptEvery,
        @DefaultValue("5m") Duration fencesKept) {}
