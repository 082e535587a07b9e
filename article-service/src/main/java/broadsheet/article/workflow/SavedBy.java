package broadsheet.article.workflow;

import java.time.Instant;

/** Who saved a content, when, and as which version of its article: the number of that revision. */
public record SavedBy(long version, String username, Instant at) {}
