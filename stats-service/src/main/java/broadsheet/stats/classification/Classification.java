package broadsheet.stats.classification;

/** What a record of the views is: exactly one of these, each a column of the ledger. */
public enum Classification {
    /** A hit. */
    COUNTED("counted"),
    /** Opened by a robot or by automation. */
    BOT("bots"),
    /** The same visitor had opened the same article just before. */
    DOUBLE_CLICK("doubleClicks"),
    /** The same event again. */
    DUPLICATE("duplicates"),
    /** It happened too long before it was received. */
    LATE("late"),
    /** An event, but one that cannot be: seen in the future, or no view at all. */
    INVALID("invalid"),
    /** Not an event. */
    DEAD_LETTERED("deadLettered");

    private final String column;

    Classification(String column) {
        this.column = column;
    }

    public String column() {
        return column;
    }
}
