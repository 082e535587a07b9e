package broadsheet.stats.referrer;

import org.jspecify.annotations.Nullable;

/**
 * Where a reader came from.
 *
 * @param source the name of the service that the reader came from, else the host that led here; null where neither is known
 * @param host in lower case and without {@code www.}; null where none is known
 */
public record Origin(
        Channel channel, @Nullable String source, @Nullable String host) {}
