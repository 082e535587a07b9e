package broadsheet.stats;

/** An article and its hits, or some of them. */
public record HitCount(String articleId, long hits) {}
