package broadsheet.events;

/** Names of the topics; their partitions and policies are in {@link Topic}. */
public final class Topics {

    public static final String ARTICLES = "news.articles";
    public static final String VIEWS = "news.views";
    public static final String VIEWS_SPOOLED = "news.views.spooled";
    public static final String HITS = "news.hits";
    public static final String MILESTONES = "news.milestones";
    public static final String ALERTS = "news.alerts";
    public static final String STAFF_SESSIONS = "staff.sessions";

    /** What a dead-letter topic's name ends with; the record that can never be read goes there unchanged. */
    public static final String DEAD_LETTERS = ".dead-letters";

    private Topics() {}
}
