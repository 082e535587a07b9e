package broadsheet.stats.referrer;

/** A service that readers come from. */
record Source(String name, Channel channel) {}
