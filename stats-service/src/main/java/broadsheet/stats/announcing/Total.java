package broadsheet.stats.announcing;

/** An article's hits since ever. */
record Total(String articleId, long hits) {}
