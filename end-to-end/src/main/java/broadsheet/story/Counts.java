package broadsheet.story;

/** What every place must say about an article. */
record Counts(long hits, long visitors, long bots) {}
