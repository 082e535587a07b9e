package broadsheet.story;

/** What every place must say about an article. */
record ExpectedCounts(long hits, long visitors, long bots) {}
