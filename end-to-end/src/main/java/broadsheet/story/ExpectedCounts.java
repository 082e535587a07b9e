package broadsheet.story;

/** The counts that every place must show for an article. */
record ExpectedCounts(long hits, long visitors, long bots) {}
